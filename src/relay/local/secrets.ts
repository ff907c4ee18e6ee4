/** Secrets on one machine: one file each, readable only by its owner. A changed file is read again, so a rotation needs no restart. */
import { join } from "node:path";
import { reasonOf } from "../../contract/file-fault";
import { SECRET_FILES, type SecretFile, stellaKeyFile } from "../../contract/secrets";
import type { SurveyMode } from "../../contract/survey-mode";
import { digest } from "../authenticate";
import { type Secrets, SecretUnreadable, type StellaKey, type Verifier } from "../ports";
import { WatchedFile } from "./watched-file";

export class FileSecrets implements Secrets {
  private readonly files: ReadonlyMap<SecretFile, WatchedFile<string>>;
  private verifiers: { readonly of: string; readonly list: readonly Verifier[] } | undefined;

  constructor(home: string) {
    this.files = new Map(
      Object.values(SECRET_FILES).map((name) => {
        const path = join(home, "secrets", name);
        return [name, new WatchedFile(path, (content, mode) => checked(content, mode, path))];
      }),
    );
  }

  async webhookVerifiers(): Promise<readonly Verifier[]> {
    const current = this.read(SECRET_FILES.webhookPassword);
    const previous = this.readIfThere(SECRET_FILES.previousWebhookPassword);
    const of = `${current}\n${previous ?? ""}`;
    if (this.verifiers?.of !== of) {
      const list = [{ id: "current", sha256: digest(current) }];
      if (previous !== undefined) list.push({ id: "previous", sha256: digest(previous) });
      this.verifiers = { of, list };
    }
    return this.verifiers.list;
  }

  async stellaKey(mode: SurveyMode): Promise<StellaKey> {
    const apiKey = this.read(`stella-${mode}-key`);
    const other = this.readIfThere(stellaKeyFile(mode === "test" ? "production" : "test"));
    // Both files have the same key: it is not known which of the two it is, and a wrong guess could reach customers.
    return { apiKey, mode: other === apiKey ? "unknown" : mode };
  }

  async gladlyToken(): Promise<string> {
    return this.read(SECRET_FILES.gladlyToken);
  }

  /** Signs the tokens of Stella's reads; needed for `feedback` only. */
  async stellaApiSecret(): Promise<string> {
    return this.read(SECRET_FILES.stellaApiSecret);
  }

  private read(name: SecretFile): string {
    const file = this.files.get(name);
    try {
      if (file !== undefined) return file.read();
    } catch (error) {
      if (error instanceof SecretUnreadable) throw error;
      throw new SecretUnreadable(
        `${file?.path} cannot be read: ${reasonOf(error)}. Put the secret there, in a file of mode 0600`,
      );
    }
    throw new SecretUnreadable(`there is no secret named ${name}`);
  }

  private readIfThere(name: SecretFile): string | undefined {
    return this.files.get(name)?.readIfThere();
  }
}

function checked(content: string, mode: number, path: string): string {
  if ((mode & 0o077) !== 0) {
    const octal = (mode & 0o777).toString(8).padStart(4, "0");
    throw new SecretUnreadable(`${path} has mode ${octal} and others could read it: run \`chmod 600 ${path}\``);
  }
  const value = content.replace(/\r?\n$/, "");
  if (value === "") throw new SecretUnreadable(`${path} is empty: put the secret there`);
  return value;
}
