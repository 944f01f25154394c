// SPDX-License-Identifier: MIT
package io.distdb.sql.activity;

/** The text of a fingerprint as people read it. */
public final class NormalizedText {
  /** The character of the last of the kinds of literals; the first is 1. */
  private static final int KINDS = 4;

  private NormalizedText() {}

  /**
   * @param fingerprint with a control character for each literal that was lifted
   */
  public static String of(String fingerprint) {
    StringBuilder text = new StringBuilder(fingerprint.length() + 16);
    int literals = 0;
    for (int i = 0; i < fingerprint.length(); i++) {
      char c = fingerprint.charAt(i);
      if (c >= 1 && c <= KINDS) {
        text.append('$').append(++literals);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
