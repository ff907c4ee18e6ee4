/**
 * Credentials of a Lambda function: Lambda puts its role's into the environment, and there is no other place to look. The
 * build puts this in the place of the AWS SDK's chain of providers (profiles, SSO, instance metadata), which is a fifth of
 * a bundle.
 */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Under the name by which the SDK's clients import it. */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = process.env;
  if (!accessKeyId || !secretAccessKey) throw new Error("There are no AWS credentials in the function's environment");
  return { accessKeyId, secretAccessKey, ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}) };
};
