/** `<home>/relay.json`, which `cdktf apply` writes. It is asked for on each request, so an apply never races the relay. */
import { join } from "node:path";
import { ConfigurationUnusable, parseConfiguration, type RelayConfiguration } from "../configuration";
import { systemCode, WatchedFile } from "./watched-file";

export class ConfigurationFile {
  private readonly file: WatchedFile<RelayConfiguration>;

  constructor(home: string) {
    const path = join(home, "relay.json");
    this.file = new WatchedFile(path, (content) => parseConfiguration(content, path));
  }

  /**
   * The same object until the file changes.
   *
   * @throws ConfigurationUnusable saying what to do
   */
  read(): RelayConfiguration {
    try {
      return this.file.read();
    } catch (error) {
      if (error instanceof ConfigurationUnusable) throw error;
      throw new ConfigurationUnusable(
        `${this.file.path} cannot be read (${systemCode(error)}): run \`npx cdktf apply\`, which writes it`,
      );
    }
  }
}
