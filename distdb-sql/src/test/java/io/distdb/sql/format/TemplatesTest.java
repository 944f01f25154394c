// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.Numeric;
import io.distdb.sql.datetime.DateTimeContext;
import io.distdb.sql.datetime.DateTimeInput;
import io.distdb.sql.datetime.DateTimeText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates as PostgreSQL 15 applied them (templates.txt). */
class TemplatesTest {
  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final DateTimeContext CONTEXT = new DateTimeContext(0, ZONE);

  static List<String> answers() throws IOException {
    try (var stream = TemplatesTest.class.getResourceAsStream("templates.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answersAsPostgreSql(String line) {
    String[] columns = line.split("~", -1);
    assertThat(answer(columns[0], columns[1], columns[2])).isEqualTo(columns[3]);
  }

  private static String answer(String kind, String value, String template) {
    try {
      String text = apply(kind, value, template);
      return text == null ? "NULL" : text;
    } catch (DistDbException e) {
      return "ERROR " + e.sqlState() + " " + e.getMessage();
    }
  }

  private static String apply(String kind, String value, String template) {
    return switch (kind) {
      case "timestamp" ->
          DateTimeWriter.of(template).timestamp(DateTimeInput.timestamp(value, CONTEXT));
      case "timestamptz" ->
          DateTimeWriter.of(template).timestamptz(DateTimeInput.timestamptz(value, CONTEXT), ZONE);
      case "interval" -> DateTimeWriter.of(template).interval(DateTimeInput.interval(value));
      case "numeric" -> NumberWriter.of(template).numeric(numeric(value));
      case "double" -> NumberWriter.of(template).doublePrecision(Double.parseDouble(value));
      case "integer" -> NumberWriter.of(template).integer(Long.parseLong(value));
      case "to_date" -> DateTimeText.date(DateTimeReader.date(value, template));
      case "to_timestamp" ->
          DateTimeText.timestamptz(DateTimeReader.timestamptz(value, template, ZONE), ZONE);
      case "to_number" -> NumberReader.read(value, template).toString();
      default -> throw new AssertionError(kind);
    };
  }

  private static Numeric numeric(String value) {
    return switch (value) {
      case "NaN" -> Numeric.NAN;
      case "Infinity" -> Numeric.POSITIVE_INFINITY;
      case "-Infinity" -> Numeric.NEGATIVE_INFINITY;
      default -> Numeric.of(new BigDecimal(value));
    };
  }

  @Property
  void datesComeBackThroughATemplate(@ForAll @IntRange(min = -719_162, max = 2_932_896) int day) {
    for (String template :
        List.of("YYYY-MM-DD", "FMDDth FMMonth YYYY", "YYYY DDD", "IYYY-IW-ID", "J", "YYYYMMDD")) {
      String text = DateTimeWriter.of(template).timestamp(day * 86_400_000_000L);
      assertThat(DateTimeReader.date(text, template))
          .as("%s as %s", LocalDate.ofEpochDay(day), template)
          .isEqualTo(day);
    }
  }

  @Property
  void wholeNumbersComeBackThroughATemplate(@ForAll int number) {
    for (String template :
        List.of("9999999999", "S9G999G999G999", "SG9999999999", "9999999999PR")) {
      String text = NumberWriter.of(template).integer(number);
      if (text.indexOf('#') < 0) {
        assertThat(NumberReader.read(text, template)).as(text).isEqualTo(Numeric.of(number));
      }
    }
  }
}
