/**
 * The Terraform that is downloaded if none is installed.
 *
 * Each checksum was found in two independent public sources or more (26 November 2026), all of which quote HashiCorp's
 * SHA256SUMS of this release: for macOS the Homebrew tap Yleisradio/homebrew-terraforms (Casks/terraform-1-11-4.rb) and a
 * Nix flake; for linux_amd64 the AUR package terraform-bin 1.11.4 and Chromebrew's terraform; for linux_arm64 a Nix flake
 */
export const PINNED_TERRAFORM = {
  version: "1.11.4",
  /** SHA-256 of the archive for each platform, in hexadecimal. */
  sha256: {
    darwin_amd64: "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
    darwin_arm64: "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
    linux_amd64: "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
    linux_arm64: "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
  },
} as const;
export type Platform = keyof typeof PINNED_TERRAFORM.sha256;

/** Terraform's name of this platform; undefined if there is no checksum for it. */
export function platformOf(os: string = process.platform, cpu: string = process.arch): Platform | undefined {
  const name = `${os}_${cpu === "x64" ? "amd64" : cpu}`;
  return isPlatform(name) ? name : undefined;
}

function isPlatform(name: string): name is Platform {
  return Object.hasOwn(PINNED_TERRAFORM.sha256, name);
}
