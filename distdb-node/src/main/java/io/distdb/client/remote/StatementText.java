// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of a statement tells before a server has seen it. It is not parsed: constants,
 * quoted names and comments are stepped over (PostgreSQL's documentation, section 4.1; a quote
 * within quotes is doubled, so that it reads as two constants side by side), and words are looked
 * at.
 *
 * @param firstWord in upper case; empty when there is none
 * @param parameterPlaces where {@code $1}, {@code $2}, … stand for the first time, ascending; as
 *     many as the highest number. Of a text without numbers: where its question marks stand
 * @param words all bare words, in upper case
 */
record StatementText(String sql, String firstWord, int[] parameterPlaces, Set<String> words) {
  private static final Set<String> READERS = Set.of("SELECT", "VALUES", "TABLE", "WITH");
  private static final Set<String> WRITERS =
      Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "INTO", "TRUNCATE");
  private static final Set<String> HARMLESS =
      Set.of("SHOW", "FETCH", "BEGIN", "START", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "SET");
  private static final Set<String> BATCHES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "WITH");

  /** What leaves nothing in the session that a RESET would have to take back. */
  private static final Set<String> TRACELESS =
      Set.of(
          "SELECT",
          "VALUES",
          "TABLE",
          "WITH",
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "COPY",
          "BEGIN",
          "START",
          "COMMIT",
          "END",
          "ROLLBACK",
          "ABORT",
          "SAVEPOINT",
          "RELEASE",
          "SHOW",
          "EXPLAIN",
          "FETCH",
          "ANALYZE",
          "TRUNCATE",
          "DROP",
          "ALTER",
          "COMMENT",
          "GRANT",
          "REVOKE");

  private static final Pattern STEP =
      Pattern.compile(
          "'[^']*'?"
              + "|\"[^\"]*\"?"
              + "|--[^\\n]*"
              + "|\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$"
              + "|/\\*"
              + "|\\$\\d+"
              + "|\\?"
              + "|[\\p{L}_][\\p{L}\\p{N}_$]*");

  static StatementText of(String sql) {
    return new Scan(sql).run();
  }

  /** Whether it reads rows and, by its words, changes nothing. */
  boolean reads() {
    return READERS.contains(firstWord) && Collections.disjoint(words, WRITERS);
  }

  /**
   * Whether running it twice is no other than running it once, as far as its words tell: no
   * function that leaves a trace is called by its name.
   */
  boolean isRepeatable() {
    return reads()
        && words.stream()
            .noneMatch(word ->
                word.equals("NEXTVAL")
                    || word.equals("SETVAL")
                    || word.equals("SET_CONFIG")
                    || word.equals("PG_NOTIFY")
                    || word.contains("ADVISORY"));
  }

  /** Whether it is lost without a trace when its connection is lost while it runs. */
  boolean isHarmless() {
    return isRepeatable() || HARMLESS.contains(firstWord);
  }

  boolean commits() {
    return firstWord.equals("COMMIT") || firstWord.equals("END");
  }

  boolean endsBlock() {
    return commits() || firstWord.equals("ROLLBACK") || firstWord.equals("ABORT");
  }

  boolean canBeBatch() {
    return BATCHES.contains(firstWord) && !words.contains("RETURNING");
  }

  /** Whether settings, temporary tables, locks or the like may outlive it in the session. */
  boolean leavesTraces() {
    return !TRACELESS.contains(firstWord)
        || words.contains("SET_CONFIG")
        || words.contains("TEMP")
        || words.contains("TEMPORARY")
        || words.contains("SETSEED")
        || words.stream().anyMatch(word -> word.contains("ADVISORY"));
  }

  /** One walk over a text. */
  private static final class Scan {
    private final String sql;
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Integer> numberPlaces = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Set<String> words = new LinkedHashSet<>();

    Scan(String sql) {
      this.sql = sql;
    }

    StatementText run() {
      Matcher step = STEP.matcher(sql);
      int at = 0;
      while (step.find(at)) {
        at = after(step);
      }
      String first = words.isEmpty() ? "" : words.iterator().next();
      return new StatementText(sql, first, places(), Set.copyOf(words));
    }

    private int after(Matcher step) {
      char c = sql.charAt(step.start());
      if (c == '\'' || c == '"' || c == '-') {
        return step.end();
      } else if (c == '/') {
        return endOfComment(step.start());
      } else if (c == '?') {
        marks.add(step.start());
        return step.end();
      } else if (c == '$') {
        return afterDollar(step);
      }
      return afterWord(step);
    }

    private int afterDollar(Matcher step) {
      String found = step.group();
      if (found.endsWith("$")) {
        int end = sql.indexOf(found, step.end());
        return end < 0 ? sql.length() : end + found.length();
      }
      int number = found.length() > 6 ? 0 : Integer.parseInt(found.substring(1));
      if (number > 0 && !numbers.contains(number)) {
        numbers.add(number);
        numberPlaces.add(step.start());
      }
      return step.end();
    }

    private int afterWord(Matcher step) {
      String word = step.group().toUpperCase(Locale.ROOT);
      if (word.equals("E") && step.end() < sql.length() && sql.charAt(step.end()) == '\'') {
        return endOfEscaped(step.end() + 1);
      }
      words.add(word);
      return step.end();
    }

    private int endOfEscaped(int from) {
      int at = from;
      while (at < sql.length() && sql.charAt(at) != '\'') {
        at += sql.charAt(at) == '\\' ? 2 : 1;
      }
      return Math.min(at + 1, sql.length());
    }

    private int endOfComment(int from) {
      int depth = 0;
      int at = from;
      while (at < sql.length()) {
        if (sql.startsWith("/*", at)) {
          depth++;
          at += 2;
        } else if (sql.startsWith("*/", at)) {
          depth--;
          at += 2;
          if (depth == 0) {
            return at;
          }
        } else {
          at++;
        }
      }
      return at;
    }

    private int[] places() {
      if (numbers.isEmpty()) {
        return marks.stream().mapToInt(Integer::intValue).toArray();
      }
      int[] places = new int[Collections.max(numbers)];
      for (int i = 0; i < places.length; i++) {
        places[i] = i < numberPlaces.size() ? numberPlaces.get(i) : sql.length();
      }
      return places;
    }
  }
}
