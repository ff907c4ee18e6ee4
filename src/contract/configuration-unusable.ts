/** The document is missing, is not JSON, or says something the relay does not know. */
export class ConfigurationUnusable extends Error {
  override readonly name = "ConfigurationUnusable";
}
