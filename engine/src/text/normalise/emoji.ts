const CLASSES: Readonly<Record<string, string>> = {
  joy: '😀 😃 😄 😁 😆 😊 🙂 ☺ 😇 🤗 😌 😺 😸 ☀ 🌞 🥳 🎉 🎊 🙌',
  laugh: '😂 🤣 😹 😅',
  wink: '😉 😜 😝 😛 🤪',
  wry: '🙄 😒 🙃 😏 😼 🤡',
  love: '😍 🥰 😘 😗 😙 😚 😻 ❤ 🧡 💛 💚 💙 💜 🖤 🤍 🤎 💖 💗 💓 💞 💕 💘 💝 ❣ ♥ 💟',
  approval: '👍 👏 👌 💪 ✅ ✔ 💯 🤝 🏆 🥇 ⭐ 🌟 ✨ 🔥 🙏 🤩 😎 🆒 🔝',
  sad: '😢 😭 😞 😔 😟 🙁 ☹ 😿 😥 😓 😩 😫 💔 🥺 😪 😣 😖 😕 🥀',
  anger: '😠 😡 🤬 😤 👿 😾 💢 👊 🖕',
  fear: '😨 😰 😱 😧 😦 🙀 😬',
  disgust: '🤢 🤮 💩 🤧 😷 🤒 🤕',
  disapproval: '👎 ❌ 🚫 ⛔ ✖ 🛑 🤦 🙅',
  surprise: '😮 😯 😲 😳 🤯 ❗ ‼ ⁉ 🙊',
  doubt: '🤔 😐 😑 😶 🤨 🧐 🤷 ❓',
  gift: '🎁 🎀 💐 🌹 🌷 🌸 🎄 🎂',
};

const classOf = new Map(
  Object.entries(CLASSES).flatMap(([name, list]) => list.split(' ').map((emoji) => [emoji, name] as const)),
);

/** Ranges written out: which characters are emoji would otherwise change with the machine's Unicode version. */
export const EMOJI_PATTERN =
  '(?:[\\u{1F1E6}-\\u{1F1FF}]{2}|[\\u{1F300}-\\u{1F3FA}\\u{1F400}-\\u{1FAFF}\\u{2600}-\\u{27BF}\\u{2B50}\\u{2B55}\\u{203C}\\u{2049}]' +
  '[\\u{FE0E}\\u{FE0F}\\u{1F3FB}-\\u{1F3FF}]*(?:\\u{200D}[\\u{2640}\\u{2642}\\u{2600}-\\u{27BF}\\u{1F300}-\\u{1FAFF}][\\u{FE0F}\\u{1F3FB}-\\u{1F3FF}]*)*)';

const isFlag = /^[\u{1F1E6}-\u{1F1FF}]/u;

/** The named class of an emoji, by its first character: skin and gender say nothing here. @example emojiClass('👍🏽') // 'approval' */
export const emojiClass = (emoji: string): string => {
  if (isFlag.test(emoji)) return 'flag';
  return classOf.get(String.fromCodePoint(emoji.codePointAt(0) as number)) ?? 'other';
};

/** Faces written with punctuation. */
export const EMOTICON_PATTERN =
  "(?:[:;=][-o^']?[)\\](\\[dDpP3*/\\\\|oO]+|<3+|</3|\\^_*\\^|-_+-|[xX][dD]+|T_T|:'[()])(?![\\p{L}\\p{N}])";

/** @example emoticonClass(':-)') // 'joy' */
export const emoticonClass = (face: string): string => {
  if (face.startsWith('</3')) return 'sad';
  if (face.startsWith('<3') || face.includes('*')) return 'love';
  if (face.startsWith(';') || /[pP]$/.test(face)) return 'wink';
  if (/^[xX]/.test(face)) return 'laugh';
  if (face.startsWith('-_')) return 'wry';
  if (/^(?:\^|[:=][-o^]?[)\]3dD])/.test(face)) return 'joy';
  if (/[/\\|]/.test(face)) return 'doubt';
  if (/[oO]$/.test(face)) return 'surprise';
  return 'sad';
};
