/** Keeps AWS's SDK quiet. Its pinned version runs on Node 20, so a warning about later versions does not help the user. */
export function quietAwsSdk(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
}
