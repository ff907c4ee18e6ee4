/** Gladly's channels, and their default channels in Stella. */

/** By the names of Gladly's CONTACT events (docs/vendors/gladly-api.md section 7.5), and the AI voice of section 10. */
export const GLADLY_CHANNELS = [
  "CHAT",
  "EMAIL",
  "FB_MESSENGER",
  "INSTAGRAM_DIRECT",
  "PHONE_CALL",
  "SMS",
  "TWITTER",
  "VOICEMAIL",
  "VOICE_AI",
  "WHATSAPP",
] as const;
/** A Gladly channel, by the name that Gladly's `CONTACT` events use. */
export type GladlyChannel = (typeof GLADLY_CHANNELS)[number];

/** Stella has three channels without set-up: `phone`, `chat` and `email` (docs/vendors/stella-connect-api.md section 4). */
export const DEFAULT_STELLA_CHANNELS: Readonly<Record<GladlyChannel, string>> = {
  CHAT: "chat",
  EMAIL: "email",
  FB_MESSENGER: "chat",
  INSTAGRAM_DIRECT: "chat",
  PHONE_CALL: "phone",
  SMS: "chat",
  TWITTER: "chat",
  VOICEMAIL: "phone",
  VOICE_AI: "phone",
  WHATSAPP: "chat",
};

/** Stella's channel for a conversation with an unknown channel. */
export const DEFAULT_OTHER_CHANNEL = "chat";
