// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.codec.SqlValues;
import io.distdb.sql.datetime.Dates;
import io.distdb.sql.datetime.Timestamps;
import io.distdb.sql.function.TypeOutput;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text and binary forms of every type, against PostgreSQL's bytes and against each other. */
final class ExternalFormsTest {
  static Stream<List<String>> facts() {
    return ExternalForms.facts("binary-facts.txt");
  }

  static Stream<List<String>> errors() {
    return ExternalForms.facts("binary-errors.txt");
  }

  @ParameterizedTest
  @MethodSource("facts")
  void bothFormsArePostgresqls(List<String> fact) {
    SqlType type = SqlType.named(fact.get(0)).orElseThrow();
    byte[] text = fact.get(1).getBytes(StandardCharsets.UTF_8);
    Value value = ExternalForms.ofText(type, text);
    assertThat(ExternalForms.hex(ExternalForms.binary(type, value))).isEqualTo(fact.get(2));
    assertThat(ExternalForms.text(type, value)).asString().isEqualTo(fact.get(1));
    assertThat(ExternalForms.ofBinary(type, ExternalForms.hex(fact.get(2)))).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void wrongBytesAreToldAsPostgresqlTells(List<String> fact) {
    SqlType type = SqlType.named(fact.get(0)).orElseThrow();
    String said = fact.get(2);
    assertThatThrownBy(() -> ExternalForms.ofBinary(type, ExternalForms.hex(fact.get(1))))
        .satisfies(thrown -> {
          String code = thrown instanceof DistDbException e ? e.sqlState() : "22P03";
          assertThat(code + ": " + thrown.getMessage()).isEqualTo(said);
        });
  }

  @Provide
  Arbitrary<Tuple2<SqlType, Value>> values() {
    return SqlValues.types()
        .flatMap(type -> SqlValues.of(type).map(value -> Tuple.of(type, value)))
        .filter(typed -> exists(typed.get2()));
  }

  /** Values that input would make: calendars end, texts have no zeros. */
  private static boolean exists(Value value) {
    return switch (value) {
      case Value.TextValue text -> text.value().indexOf(0) < 0;
      case Value.DateValue date ->
          !Dates.isFinite(date.value()) || date.value() >= Dates.MIN && date.value() <= Dates.MAX;
      case Value.TimestampValue moment -> exists(moment.value());
      case Value.TimestamptzValue moment -> exists(moment.value());
      case Value.ArrayValue array -> array.value().elements().stream().allMatch(e -> exists(e));
      default -> true;
    };
  }

  private static boolean exists(long moment) {
    return !Timestamps.isFinite(moment) || moment >= Timestamps.MIN && moment <= Timestamps.MAX;
  }

  @Property
  void binaryReadsBack(@ForAll("values") Tuple2<SqlType, Value> typed) {
    byte[] binary = ExternalForms.binary(typed.get1(), typed.get2());
    assertThat(ExternalForms.ofBinary(typed.get1(), binary)).isEqualTo(typed.get2());
  }

  @Property
  void textReadsBack(@ForAll("values") Tuple2<SqlType, Value> typed) {
    Assume.that(!(typed.get2() instanceof Value.IntervalValue));
    byte[] text = ExternalForms.text(typed.get1(), typed.get2());
    assertThat(ExternalForms.binary(typed.get1(), ExternalForms.ofText(typed.get1(), text)))
        .isEqualTo(ExternalForms.binary(typed.get1(), typed.get2()));
  }

  @Property
  void textIsWhatStringsAreMadeOf(@ForAll("values") Tuple2<SqlType, Value> typed) {
    assertThat(ExternalForms.text(typed.get1(), typed.get2()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(TypeOutput.text(typed.get2(), ZoneOffset.UTC));
  }

  @Provide
  Arbitrary<Long> moments() {
    return Arbitraries.longs().between(Timestamps.MIN, Timestamps.MAX - 1_000_000L * 86_400);
  }

  @Property
  void momentsAreShownInTheirZone(@ForAll("moments") long moment) {
    for (String zone : List.of("Europe/Amsterdam", "Asia/Kolkata", "America/St_Johns", "-03:30")) {
      Assume.that(moment > Timestamps.MIN + 86_400_000_000L);
      ByteOutput out = new ByteOutput(1);
      TextWriter.putTimestamptz(out, moment, ZoneId.of(zone));
      assertThat(ExternalForms.bytes(out))
          .asString()
          .isEqualTo(TypeOutput.text(new Value.TimestamptzValue(moment), ZoneId.of(zone)));
    }
  }

  @Test
  void modifiersAreEnforced() {
    SqlType type = SqlType.numeric(4, 1);
    byte[] binary = ExternalForms.binary(SqlType.NUMERIC, value("3.14159", SqlType.NUMERIC));
    assertThat(ExternalForms.ofBinary(type, binary).toString()).contains("3.1");
    byte[] three = ExternalForms.binary(SqlType.TEXT, Value.of("abc"));
    assertThat(ExternalForms.ofBinary(SqlType.character(5), three)).isEqualTo(Value.of("abc  "));
  }

  @Test
  void emptyDimensionsMakeTheEmptyArray() {
    byte[] bytes =
        ExternalForms.hex("0000000200000000000000170000000000000001" + "0000000300000001");
    Value empty = new Value.ArrayValue(SqlArray.of(SqlType.INTEGER, List.of()));
    assertThat(ExternalForms.ofBinary(SqlType.arrayOf(SqlType.INTEGER), bytes)).isEqualTo(empty);
  }

  private static Value value(String text, SqlType type) {
    return ExternalForms.ofText(type, text.getBytes(StandardCharsets.UTF_8));
  }
}
