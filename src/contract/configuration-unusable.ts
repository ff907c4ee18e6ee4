/** The document is missing, is not JSON, or has a setting that the relay does not know. */
export class ConfigurationUnusable extends Error {
  override readonly name = "ConfigurationUnusable";
}
