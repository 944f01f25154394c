// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.auth;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a client says in an exchange (RFC 5802, section 7, "Formal Syntax"). */
final class ScramMessage {
  private ScramMessage() {}

  /**
   * {@code client-first-message}.
   *
   * @param header {@code gs2-header}: which channel binding, and as whom
   * @param binding {@code n}: none; {@code y}: it thinks that there is none; else {@code p=} and
   *     the kind
   * @param bare what the signatures are made over
   */
  record First(String header, String binding, String bare, String nonce) {}

  /**
   * {@code client-final-message}.
   *
   * @param withoutProof what the signatures are made over
   */
  record Final(byte[] binding, String nonce, byte[] proof, String withoutProof) {}

  static First first(byte[] message) {
    String text = text(message);
    int flagEnd = text.indexOf(',');
    int headerEnd = flagEnd < 0 ? -1 : text.indexOf(',', flagEnd + 1);
    if (headerEnd < 0) {
      throw malformed("The header is not complete.");
    }
    String binding = text.substring(0, flagEnd);
    if (!binding.equals("n") && !binding.equals("y") && !binding.startsWith("p=")) {
      throw malformed("Unexpected channel-binding flag.");
    }
    if (headerEnd > flagEnd + 1) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "client uses authorization identity, but it is not supported");
    }
    String bare = text.substring(headerEnd + 1);
    if (bare.startsWith("m=")) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "client requires an unsupported SCRAM extension");
    }
    String[] attributes = bare.split(",", -1);
    if (attributes.length < 2 || !attributes[0].startsWith("n=")) {
      throw malformed("Expected the user name.");
    }
    String nonce = attribute(attributes[1], 'r');
    if (nonce.isEmpty() || !nonce.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw malformed("The nonce is not printable.");
    }
    return new First(text.substring(0, headerEnd + 1), binding, bare, nonce);
  }

  static Final last(byte[] message) {
    String text = text(message);
    int proofAt = text.lastIndexOf(",p=");
    String[] attributes = text.split(",", -1);
    if (proofAt < 0 || attributes.length < 3) {
      throw malformed("The proof is missing.");
    }
    return new Final(
        bytes(attribute(attributes[0], 'c')),
        attribute(attributes[1], 'r'),
        bytes(text.substring(proofAt + 3)),
        text.substring(0, proofAt));
  }

  private static String attribute(String text, char name) {
    if (text.length() < 2 || text.charAt(0) != name || text.charAt(1) != '=') {
      throw malformed("Expected attribute \"" + name + "\".");
    }
    return text.substring(2);
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException wrong) {
      throw malformed("Base64 was expected.");
    }
  }

  private static String text(byte[] message) {
    for (byte one : message) {
      if (one == 0) {
        throw malformed("Message has a zero byte.");
      }
    }
    return new String(message, StandardCharsets.UTF_8);
  }

  static DistDbException malformed(String detail) {
    return new DistDbException(ErrorCode.PROTOCOL_VIOLATION, "malformed SCRAM message")
        .withDetail(detail);
  }
}
