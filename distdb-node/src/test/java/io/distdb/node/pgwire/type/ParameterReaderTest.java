// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.Environment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ParameterReaderTest {
  private final ParameterReader reader = new ParameterReader();

  private Value read(String portal, SqlType type, int format, byte... bytes) {
    return reader.read(portal, 3, type, format, bytes, 0, bytes.length, Environment.NONE);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aParameterComesAsTextOrInBinary() {
    assertThat(read("", SqlType.INTEGER, 0, utf8("-42"))).isEqualTo(Value.of(-42));
    assertThat(read("", SqlType.INTEGER, 0, utf8(" 42 "))).isEqualTo(Value.of(42));
    assertThat(read("", SqlType.INTEGER, 1, (byte) 0, (byte) 0, (byte) 1, (byte) 0))
        .isEqualTo(Value.of(256));
  }

  @Test
  void leftOverBytesNameTheParameter() {
    assertThatThrownBy(() -> read("", SqlType.SMALLINT, 1, new byte[3]))
        .isInstanceOfSatisfying(
            DistDbException.class,
            error -> {
              assertThat(error.sqlState()).isEqualTo("22P03");
              assertThat(error).hasMessage("incorrect binary data format in bind parameter 3");
              assertThat(error.context()).contains("unnamed portal parameter $3");
            });
  }

  @Test
  void aWrongTextNamesPortalAndParameter() {
    assertThatThrownBy(() -> read("c1", SqlType.INTEGER, 0, utf8("x")))
        .isInstanceOfSatisfying(
            DistDbException.class,
            error -> {
              assertThat(error.sqlState()).isEqualTo("22P02");
              assertThat(error.context()).contains("portal \"c1\" parameter $3");
            });
  }

  @Test
  void aTypeIsDeclaredByNumber() {
    assertThat(ParameterReader.declared(23)).contains(SqlType.INTEGER);
    assertThat(ParameterReader.declared(1007)).contains(SqlType.arrayOf(SqlType.INTEGER));
    assertThat(ParameterReader.declared(0)).isEmpty();
    assertThat(ParameterReader.declared(705)).isEmpty();
    assertThatThrownBy(() -> ParameterReader.declared(3802))
        .hasMessage("type jsonb is not supported");
    assertThatThrownBy(() -> ParameterReader.declared(-1))
        .hasMessage("type with OID 4294967295 does not exist");
  }
}
