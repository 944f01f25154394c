// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Functions of BYTEA, hashes and encodings. */
final class ByteaFunctions {
  private ByteaFunctions() {}

  static void addTo(FunctionTable table) {
    sizes(table);
    table.add(
        "||(bytea,bytea) bytea",
        (r, i, a) -> r.objects[i] = ((Bytes) a[0].objects[i]).concat((Bytes) a[1].objects[i]));
    parts(table);
    table.add(
        "md5(text) text",
        (r, i, a) ->
            r.texts[i] = hex(digest("MD5", a[0].texts[i].getBytes(StandardCharsets.UTF_8))));
    table.add("md5(bytea) text", (r, i, a) -> r.texts[i] = hex(digest("MD5", bytes(a[0], i))));
    for (String bits : new String[] {"224", "256", "384", "512"}) {
      table.add(
          "sha" + bits + "(bytea) bytea",
          (r, i, a) -> r.objects[i] = Bytes.wrap(digest("SHA-" + bits, bytes(a[0], i))));
    }
    table.add(
        "encode(bytea,text) text", (r, i, a) -> r.texts[i] = encode(bytes(a[0], i), a[1].texts[i]));
    table.add(
        "decode(text,text) bytea",
        (r, i, a) -> r.objects[i] = Bytes.wrap(decode(a[0].texts[i], a[1].texts[i])));
    table.add(
        "convert_to(text,name) bytea",
        (r, i, a) -> {
          checkEncoding(a[1].texts[i]);
          r.objects[i] = Bytes.wrap(a[0].texts[i].getBytes(StandardCharsets.UTF_8));
        });
    table.add(
        "convert_from(bytea,name) text",
        (r, i, a) -> {
          checkEncoding(a[1].texts[i]);
          r.texts[i] = text(bytes(a[0], i));
        });
  }

  private static byte[] bytes(Vector vector, int row) {
    return ((Bytes) vector.objects[row]).array();
  }

  private static void sizes(FunctionTable table) {
    for (String name : new String[] {"length", "octet_length"}) {
      table.add(
          name + "(bytea) int4", (r, i, a) -> r.longs[i] = ((Bytes) a[0].objects[i]).length());
    }
    table.add("bit_count(bytea) int8", (r, i, a) -> r.longs[i] = ones(bytes(a[0], i)));
    table.add("bit_length(bytea) int4", (r, i, a) -> r.longs[i] = 8L * bytes(a[0], i).length);
  }

  private static void parts(FunctionTable table) {
    table.add(
        "get_byte(bytea,int4) int4",
        (r, i, a) -> {
          byte[] all = bytes(a[0], i);
          r.longs[i] = all[index(a[1].longs[i], all.length)] & 0xff;
        });
    table.add(
        "set_byte(bytea,int4,int4) bytea",
        (r, i, a) -> {
          byte[] all = bytes(a[0], i).clone();
          all[index(a[1].longs[i], all.length)] = (byte) a[2].longs[i];
          r.objects[i] = Bytes.wrap(all);
        });
    table.add(
        "substr(bytea,int4) bytea",
        (r, i, a) ->
            r.objects[i] = Bytes.wrap(part(bytes(a[0], i), a[1].longs[i], Integer.MAX_VALUE)));
    table.add(
        "substr(bytea,int4,int4) bytea",
        (r, i, a) -> r.objects[i] = Bytes.wrap(part(bytes(a[0], i), a[1].longs[i], a[2].longs[i])));
    table.add(
        "strpos(bytea,bytea) int4",
        (r, i, a) -> r.longs[i] = position(bytes(a[0], i), bytes(a[1], i)));
    table.add(
        "overlay(bytea,bytea,int4) bytea",
        (r, i, a) ->
            r.objects[i] =
                overlay(bytes(a[0], i), bytes(a[1], i), a[2].longs[i], bytes(a[1], i).length));
    table.add(
        "overlay(bytea,bytea,int4,int4) bytea",
        (r, i, a) ->
            r.objects[i] = overlay(bytes(a[0], i), bytes(a[1], i), a[2].longs[i], a[3].longs[i]));
  }

  private static long ones(byte[] bytes) {
    long count = 0;
    for (byte b : bytes) {
      count += Integer.bitCount(b & 0xff);
    }
    return count;
  }

  private static byte[] joined(byte[] left, byte[] right) {
    byte[] all = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, all, left.length, right.length);
    return all;
  }

  private static int index(long index, int length) {
    if (index < 0 || index >= length) {
      throw new DistDbException(
          ErrorCode.ARRAY_SUBSCRIPT_ERROR,
          "index " + index + " out of valid range, 0.." + (length - 1));
    }
    return (int) index;
  }

  private static byte[] part(byte[] all, long start, long count) {
    if (count < 0) {
      throw new DistDbException(ErrorCode.SUBSTRING_ERROR, "negative substring length not allowed");
    }
    int from = (int) Math.min(Math.max(start - 1, 0), all.length);
    int to = (int) Math.min(Math.max(start - 1 + count, from), all.length);
    return Arrays.copyOfRange(all, from, to);
  }

  private static Bytes overlay(byte[] all, byte[] replacement, long start, long count) {
    if (start <= 0) {
      throw new DistDbException(ErrorCode.SUBSTRING_ERROR, "negative substring length not allowed");
    }
    byte[] head = part(all, 1, start - 1);
    byte[] tail = part(all, Math.max(1, start + count), Integer.MAX_VALUE);
    return Bytes.wrap(joined(joined(head, replacement), tail));
  }

  private static long position(byte[] all, byte[] part) {
    for (int at = 0; at + part.length <= all.length; at++) {
      if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return at + 1L;
      }
    }
    return 0;
  }

  private static byte[] digest(String algorithm, byte[] input) {
    try {
      return MessageDigest.getInstance(algorithm).digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, "this JVM has no " + algorithm, e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String encode(byte[] bytes, String format) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "hex" -> hex(bytes);
      case "base64" -> Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);
      case "escape" -> escaped(bytes);
      default -> throw unknown(format);
    };
  }

  private static byte[] decode(String text, String format) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "hex" -> fromHex(text);
      case "base64" -> fromBase64(text);
      case "escape" -> unescaped(text);
      default -> throw unknown(format);
    };
  }

  private static DistDbException unknown(String format) {
    return new DistDbException(
        ErrorCode.INVALID_PARAMETER_VALUE, "unrecognized encoding: \"" + format + "\"");
  }

  private static byte[] fromHex(String text) {
    String digits = text.replaceAll("\\s", "");
    for (int i = 0; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), 16) < 0) {
        throw new DistDbException(
            ErrorCode.INVALID_PARAMETER_VALUE,
            "invalid hexadecimal digit: \"" + digits.charAt(i) + "\"");
      }
    }
    if (digits.length() % 2 != 0) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "invalid hexadecimal data: odd number of digits");
    }
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] fromBase64(String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "invalid base64 end sequence", e);
    }
  }

  /** Zero and bytes beyond ASCII as three octal digits, the backslash doubled. */
  static String escaped(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      if (b <= 0) {
        out.append("\\%03o".formatted(b & 0xff));
      } else if (b == '\\') {
        out.append("\\\\");
      } else {
        out.append((char) b);
      }
    }
    return out.toString();
  }

  private static byte[] unescaped(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '\\') {
        out[length++] = in[i];
      } else if (i + 1 < in.length && in[i + 1] == '\\') {
        out[length++] = in[++i];
      } else if (i + 3 < in.length
          && text(Arrays.copyOfRange(in, i + 1, i + 4)).matches("[0-3][0-7][0-7]")) {
        out[length++] = (byte) Integer.parseInt(text(Arrays.copyOfRange(in, i + 1, i + 4)), 8);
        i += 3;
      } else {
        throw new DistDbException(
            ErrorCode.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bytea");
      }
    }
    return Arrays.copyOf(out, length);
  }

  private static void checkEncoding(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    if (!plain.equals("utf8") && !plain.equals("unicode")) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "encoding \"" + name + "\" is not supported")
          .withHint("Text is UTF8.");
    }
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DistDbException(
          ErrorCode.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\"", e);
    }
  }
}
