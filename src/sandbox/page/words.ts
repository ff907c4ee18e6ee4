/** Gladly's words as people write them. */
const NAMES: Readonly<Record<string, string>> = {
  SMS: "SMS",
  FB_MESSENGER: "Facebook Messenger",
  INSTAGRAM_DIRECT: "Instagram Direct",
  WHATSAPP: "WhatsApp",
  EMAIL: "E-mail",
};

/** `PHONE_CALL` becomes `Phone call`. */
export function words(value: string): string {
  const text = NAMES[value] ?? value.replaceAll("_", " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
