// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import java.util.HashMap;
import java.util.Map;

/**
 * A word of date and time input.
 *
 * @param number the month from 1 where it is one
 */
record Word(Meaning meaning, int number) {
  enum Meaning {
    MONTH,
    /** A day of the week, which is read and not checked. */
    DAY_OF_WEEK,
    AM,
    PM,
    AD,
    BC,
    NOW,
    TODAY,
    TOMORROW,
    YESTERDAY,
    EPOCH,
    INFINITY,
    MINUS_INFINITY,
    /** {@code allballs}: 00:00:00 UTC. */
    MIDNIGHT,
    /** {@code j}: a Julian day follows. */
    JULIAN,
    /** {@code t}: a time follows. */
    TIME_MARK,
    /** {@code at}, {@code on}. */
    NOISE
  }

  private static final Map<String, Word> WORDS = words();

  private static Map<String, Word> words() {
    Map<String, Word> words = new HashMap<>();
    String[] months = {
      "january",
      "february",
      "march",
      "april",
      "may",
      "june",
      "july",
      "august",
      "september",
      "october",
      "november",
      "december"
    };
    for (int i = 0; i < months.length; i++) {
      Word month = new Word(Meaning.MONTH, i + 1);
      words.put(months[i], month);
      words.put(months[i].substring(0, 3), month);
    }
    words.put("sept", new Word(Meaning.MONTH, 9));
    put(
        words,
        Meaning.DAY_OF_WEEK,
        "monday mon tuesday tue tues wednesday wed weds thursday thu thur thurs friday fri saturday"
            + " sat sunday sun");
    put(words, Meaning.AM, "am");
    put(words, Meaning.PM, "pm");
    put(words, Meaning.AD, "ad");
    put(words, Meaning.BC, "bc");
    put(words, Meaning.NOW, "now");
    put(words, Meaning.TODAY, "today");
    put(words, Meaning.TOMORROW, "tomorrow");
    put(words, Meaning.YESTERDAY, "yesterday");
    put(words, Meaning.EPOCH, "epoch");
    put(words, Meaning.INFINITY, "infinity");
    put(words, Meaning.MINUS_INFINITY, "-infinity");
    put(words, Meaning.MIDNIGHT, "allballs");
    put(words, Meaning.JULIAN, "j jd julian");
    put(words, Meaning.TIME_MARK, "t");
    put(words, Meaning.NOISE, "at on");
    return Map.copyOf(words);
  }

  private static void put(Map<String, Word> words, Meaning meaning, String names) {
    for (String name : names.split(" ")) {
      words.put(name, new Word(meaning, 0));
    }
  }

  /** The word in lower case, or null. */
  static Word of(String text) {
    return WORDS.get(text);
  }
}
