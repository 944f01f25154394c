// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What may be granted, with the letters of PostgreSQL's documentation (table 5.1), in the order in
 * which an {@code aclitem} lists them.
 */
public enum Privilege {
  INSERT('a'),
  SELECT('r'),
  UPDATE('w'),
  DELETE('d'),
  TRUNCATE('D'),
  REFERENCES('x'),
  TRIGGER('t'),
  EXECUTE('X'),
  USAGE('U'),
  CREATE('C'),
  TEMPORARY('T'),
  CONNECT('c');

  private final char letter;

  Privilege(char letter) {
    this.letter = letter;
  }

  public char letter() {
    return letter;
  }

  /** This privilege as a set of bits. */
  public int bit() {
    return 1 << ordinal();
  }

  /** By the word of GRANT, in whatever case; {@code TEMP} is TEMPORARY. */
  public static Optional<Privilege> ofWord(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    if (upper.equals("TEMP")) {
      return Optional.of(TEMPORARY);
    }
    for (Privilege privilege : values()) {
      if (privilege.name().equals(upper)) {
        return Optional.of(privilege);
      }
    }
    return Optional.empty();
  }

  static Optional<Privilege> ofLetter(char letter) {
    for (Privilege privilege : values()) {
      if (privilege.letter == letter) {
        return Optional.of(privilege);
      }
    }
    return Optional.empty();
  }

  /** The bits of {@code letters}, none of them unknown. */
  public static int bits(String letters) {
    int bits = 0;
    for (int i = 0; i < letters.length(); i++) {
      bits |= ofLetter(letters.charAt(i)).orElseThrow().bit();
    }
    return bits;
  }

  /** The privileges among {@code bits}. */
  public static Set<Privilege> of(int bits) {
    Set<Privilege> found = EnumSet.noneOf(Privilege.class);
    for (Privilege privilege : values()) {
      if ((bits & privilege.bit()) != 0) {
        found.add(privilege);
      }
    }
    return found;
  }
}
