// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Regular expressions as PostgreSQL 15 answered (regex.txt). */
class RegexTest {
  private static final Runnable NEVER = () -> {};

  static List<String> answers() throws IOException {
    try (var stream = RegexTest.class.getResourceAsStream("regex.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answersAsPostgreSql(String line) {
    int end = line.lastIndexOf("=>");
    // a new line is written in the texts, never in the patterns
    String[] columns = line.substring(0, end).split("@", -1);
    columns[1] = columns[1].replace("\\n", "\n");
    assertThat(answer(columns).replace("\n", "\\n")).isEqualTo(line.substring(end + 2));
  }

  private static String answer(String[] columns) {
    try {
      String text = apply(columns[0], columns);
      return text == null ? "NULL" : text;
    } catch (DistDbException e) {
      return "ERROR " + e.sqlState() + " " + e.getMessage();
    }
  }

  private static String apply(String function, String[] columns) {
    String text = columns[1];
    String pattern = columns[2];
    return switch (function) {
      case "~" -> found(pattern, RegexFlags.NONE, text);
      case "~*" -> found(pattern, RegexFlags.IGNORE_CASE, text);
      case "similar" -> found(SimilarPattern.toRegex(pattern, "\\"), RegexFlags.NONE, text);
      case "substring" -> Regex.of(pattern, RegexFlags.NONE).substring(text, NEVER);
      case "substring_for" ->
          Regex.of(SimilarPattern.toRegex(pattern, columns[3]), RegexFlags.NONE)
              .substring(text, NEVER);
      case "regexp_replace" -> replace(columns, text, pattern);
      case "regexp_match" -> {
        RegexFlags flags = flags(columns, 3);
        if (flags.all()) {
          yield "ERROR 22023 regexp_match() does not support the \"global\" option";
        }
        List<Regex.Match> matches = Regex.of(pattern, flags).matches(text, 0, false, NEVER);
        yield matches.isEmpty() ? null : array(matches.getFirst().groups(), ",");
      }
      case "regexp_matches" -> {
        RegexFlags flags = flags(columns, 3);
        yield array(
            Regex.of(pattern, flags).matches(text, 0, flags.all(), NEVER).stream()
                .map(match -> String.join(";", match.groups()))
                .toList(),
            ",");
      }
      case "regexp_split_to_array" ->
          array(Regex.of(pattern, flags(columns, 3)).split(text, NEVER), ",");
      default -> throw new AssertionError(function);
    };
  }

  private static String replace(String[] columns, String text, String pattern) {
    int start = 1;
    int occurrence = 1;
    RegexFlags flags = RegexFlags.NONE;
    if (columns.length > 4 && columns[4].matches("\\d+")) {
      start = Integer.parseInt(columns[4]);
      occurrence = columns.length > 5 ? Integer.parseInt(columns[5]) : 1;
      flags = flags(columns, 6);
    } else {
      flags = flags(columns, 4);
      occurrence = flags.all() ? 0 : 1;
    }
    return Regex.of(pattern, flags).replace(text, columns[3], start - 1, occurrence, NEVER);
  }

  private static RegexFlags flags(String[] columns, int at) {
    return columns.length > at ? RegexFlags.of(columns[at]) : RegexFlags.NONE;
  }

  private static String found(String pattern, RegexFlags flags, String text) {
    return String.valueOf(Regex.of(pattern, flags).isFoundIn(text, NEVER));
  }

  private static String array(List<String> elements, String separator) {
    return elements.stream()
        .map(element -> element == null ? "NULL" : element.isEmpty() ? "\"\"" : element)
        .collect(Collectors.joining(separator, "{", "}"));
  }

  @Test
  void aSearchThatRunsAwayCanBeCancelled() {
    DistDbException cancelled =
        new DistDbException(ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
    assertThatThrownBy(() ->
            Regex.of("^(a+)+$", RegexFlags.NONE)
                .isFoundIn(
                    "a".repeat(5_000) + "b",
                    () -> {
                      throw cancelled;
                    }))
        .isSameAs(cancelled);
  }

  @Property
  void anyTextFindsItselfLiterally(@ForAll String text) {
    assertThat(Regex.of(text, RegexFlags.of("q")).isFoundIn("x" + text + "y", NEVER)).isTrue();
  }

  /** Whatever the pattern: an answer, or an error that says what is wrong with it. */
  @Property
  void anyPatternIsAnsweredOrRefused(@ForAll("patterns") String pattern) {
    try {
      Regex.of(pattern, RegexFlags.NONE).isFoundIn("aab]c", NEVER);
    } catch (DistDbException e) {
      assertThat(e.code())
          .isIn(
              ErrorCode.INVALID_REGULAR_EXPRESSION,
              ErrorCode.FEATURE_NOT_SUPPORTED,
              ErrorCode.INVALID_PARAMETER_VALUE);
    }
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> patterns() {
    return net.jqwik.api.Arbitraries.strings()
        .withChars("ab.*+?()[]^$|{}1,\\-:dwm&")
        .ofMaxLength(12);
  }

  @Test
  void cachedExpressionsAreTheSame() {
    assertThat(Regex.of("a|b", RegexFlags.NONE)).isSameAs(Regex.of("a|b", RegexFlags.NONE));
    assertThat(RegexFlags.of("gi")).isEqualTo(RegexFlags.of("ig"));
  }
}
