/** Gladly's names in the usual spelling. */
const NAMES: Readonly<Record<string, string>> = {
  SMS: "SMS",
  FB_MESSENGER: "Facebook Messenger",
  INSTAGRAM_DIRECT: "Instagram Direct",
  WHATSAPP: "WhatsApp",
  EMAIL: "E-mail",
};

/** `PHONE_CALL` becomes `Phone call`. */
export function label(value: string): string {
  const text = NAMES[value] ?? value.replaceAll("_", " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
