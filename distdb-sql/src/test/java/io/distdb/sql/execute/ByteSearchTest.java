// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class ByteSearchTest {
  /** Bytes around those that are sought, with their high bits and neighbours. */
  private static final byte[] NEAR = {
    0, 1, 8, 9, 10, 11, 13, 31, 32, 33, 91, 92, 93, 127, -128, -119, -118, -36, -1
  };

  private static byte[] near(byte[] choices) {
    byte[] bytes = new byte[choices.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = NEAR[Math.floorMod(choices[i], NEAR.length)];
    }
    return bytes;
  }

  private static int find(byte[] bytes, int from, String sought) {
    int at = from;
    while (at < bytes.length && sought.indexOf(bytes[at] & 0xff) < 0) {
      at++;
    }
    return at;
  }

  @Property
  void theFirstOfThreeBytesIsFound(
      @ForAll @Size(max = 40) byte[] choices, @ForAll @IntRange(max = 12) int from) {
    byte[] bytes = near(choices);
    int start = Math.min(from, bytes.length);
    int found =
        ByteSearch.find(
            bytes,
            start,
            bytes.length,
            ByteSearch.pattern((byte) '\n'),
            ByteSearch.pattern((byte) '\r'),
            ByteSearch.pattern((byte) '\\'));
    assertThat(found).isEqualTo(find(bytes, start, "\n\r\\"));
  }

  @Property
  void theFirstControlCharacterOrMarkIsFound(@ForAll @Size(max = 40) byte[] choices) {
    byte[] bytes = near(choices);
    StringBuilder sought = new StringBuilder("\\[");
    for (char c = 0; c < ' '; c++) {
      sought.append(c);
    }
    int found =
        ByteSearch.findControl(
            bytes,
            0,
            bytes.length,
            ByteSearch.pattern((byte) '['),
            ByteSearch.pattern((byte) '\\'));
    assertThat(found).isEqualTo(find(bytes, 0, sought.toString()));
  }
}
