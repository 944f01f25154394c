// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CopyCommandTest {
  @Test
  void wholeTableWithHeader() {
    assertThat(CopyCommand.parse("\\copy airports FROM '../data/airports.csv' CSV HEADER"))
        .isEqualTo(
            new CopyCommand("airports", Optional.empty(), Path.of("../data/airports.csv"), true));
  }

  @Test
  void columnsAndAQuotedName() {
    CopyCommand command =
        CopyCommand.parse("\\copy \"Odd Name\" (a, \"b c\") from 'it''s.csv' with (format csv);");
    assertThat(command)
        .isEqualTo(
            new CopyCommand("\"Odd Name\"", Optional.of("a, \"b c\""), Path.of("it's.csv"), false));
    assertThat(command.insert(2))
        .isEqualTo("INSERT INTO \"Odd Name\" (a, \"b c\") VALUES ($1, $2)");
    assertThat(command.columnsQuery()).isEqualTo("SELECT a, \"b c\" FROM \"Odd Name\" LIMIT 0");
  }

  @Test
  void aFileWithoutQuotes() {
    assertThat(CopyCommand.parse("\\copy t from /tmp/x.csv csv").file())
        .isEqualTo(Path.of("/tmp/x.csv"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\copy",
        "\\copy t",
        "\\copy t TO 'x.csv' CSV",
        "\\copy t FROM 'x.csv'",
        "\\copy t FROM 'x.csv' BINARY",
        "\\copy t FROM 'x.csv' CSV DELIMITER '|'"
      })
  void whatCannotBeDoneIsRefused(String line) {
    assertThatThrownBy(() -> CopyCommand.parse(line))
        .isInstanceOf(DistDbException.class)
        .hasMessageStartingWith("\\copy");
  }
}
