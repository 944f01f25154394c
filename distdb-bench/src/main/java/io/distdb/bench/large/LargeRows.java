// SPDX-License-Identifier: MIT
package io.distdb.bench.large;

import java.io.BufferedOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Rows of {@code big (id, grp, k, payload)} as COPY reads them, and a reader of them in the order
 * of {@code k}. Used by {@code distdb-bench/large}.
 *
 * <pre>
 * LargeRows write FIRST COUNT GROUPS BYTES FILE   rows FIRST to FIRST + COUNT - 1
 * LargeRows check COUNT FILE                      lines "k TAB id TAB ..." are in order, each id once
 * </pre>
 *
 * <p>{@code grp} and {@code k} are permutations of {@code id} by a multiplication, so that rows
 * come in no order; half of the payload is text that repeats, half digits that do not.
 */
public final class LargeRows {
  private static final String WORDS =
      "the quick brown fox jumps over the lazy dog while five boxing wizards jump quickly ";

  private LargeRows() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 6 && arguments[0].equals("write")) {
      write(
          Long.parseLong(arguments[1]),
          Long.parseLong(arguments[2]),
          Long.parseLong(arguments[3]),
          Integer.parseInt(arguments[4]),
          arguments[5]);
    } else if (arguments.length == 3 && arguments[0].equals("check")) {
      check(Long.parseLong(arguments[1]), arguments[2]);
    } else {
      throw new IllegalArgumentException(
          "write FIRST COUNT GROUPS BYTES FILE, or check COUNT FILE");
    }
  }

  /** A bijection of 64 bits (Steele, Lea and Flood, "Fast splittable pseudorandom", 2014). */
  private static long mix(long number) {
    long mixed = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }

  private static void write(long first, long count, long groups, int bytes, String file)
      throws IOException {
    byte[] words = WORDS.getBytes(StandardCharsets.US_ASCII);
    byte[] payload = new byte[Math.max(1, bytes - 40)];
    try (OutputStream out = new BufferedOutputStream(new FileOutputStream(file), 1 << 18)) {
      for (long id = first; id < first + count; id++) {
        long random = mix(id);
        String keys = id + "\t" + Long.remainderUnsigned(random, groups) + "\t" + random + "\t";
        out.write(keys.getBytes(StandardCharsets.US_ASCII));
        int half = payload.length / 2;
        for (int at = 0; at < half; at++) {
          payload[at] = words[(int) ((id + at) % words.length)];
        }
        for (int at = half; at < payload.length; at++) {
          if ((at - half) % 16 == 0) {
            random = mix(random + 1);
          }
          payload[at] = (byte) ('a' + (random >>> 4 * ((at - half) % 16) & 15));
        }
        out.write(payload);
        out.write('\n');
      }
    }
  }

  private static void check(long count, String file) throws IOException {
    byte[] buffer = new byte[1 << 18];
    Lines lines = new Lines();
    try (InputStream in = new FileInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        lines.take(buffer, read);
      }
    }
    long all = count % 2 == 0 ? count / 2 * (count + 1) : (count + 1) / 2 * count;
    if (lines.rows != count || lines.ids != all) {
      throw new IllegalStateException(
          lines.rows + " rows whose ids sum up to " + lines.ids + ", not " + count + ", " + all);
    }
    System.out.println("order of " + count + " rows: correct");
  }

  /** The first two numbers of each line. */
  private static final class Lines {
    private long rows;
    private long ids;
    private long last = Long.MIN_VALUE;
    private int field;
    private boolean negative;
    private long number;
    private long key;

    private void take(byte[] bytes, int length) {
      for (int i = 0; i < length; i++) {
        byte b = bytes[i];
        if (b == '\n') {
          row();
        } else if (b == '\t') {
          end();
        } else if (field < 2) {
          negative |= b == '-';
          number = b == '-' ? 0 : number * 10 + b - '0';
        }
      }
    }

    private void end() {
      if (field == 0) {
        key = negative ? -number : number;
      } else if (field == 1) {
        ids += number;
      }
      field++;
      number = 0;
      negative = false;
    }

    private void row() {
      if (key < last) {
        throw new IllegalStateException("row " + rows + " has " + key + " after " + last);
      }
      last = key;
      rows++;
      field = 0;
      number = 0;
      negative = false;
    }
  }
}
