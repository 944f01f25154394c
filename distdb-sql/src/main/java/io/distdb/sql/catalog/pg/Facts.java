// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files of this package that say what PostgreSQL 15 has: lines of words. */
final class Facts {
  private Facts() {}

  static List<String[]> lines(String file) {
    try (InputStream stream = Facts.class.getResourceAsStream(file)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isEmpty()).map(line -> line.split(" ")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code f} or {@code t}. */
  static boolean isTrue(String word) {
    return word.equals("t");
  }
}
