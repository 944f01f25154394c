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
  /** PSTDIN is the program's own input, also where a script has lines to follow. */
  @Test
  void theProgramsInputIsNotTheScripts() {
    assertThat(CopyCommand.parse("\\copy t FROM PSTDIN").ofProgram()).isTrue();
    assertThat(CopyCommand.parse("\\copy t FROM stdin").ofProgram()).isFalse();
    assertThat(CopyCommand.parse("\\copy t FROM 'pstdin'").ofProgram()).isFalse();
  }

  @Test
  void wholeTableWithHeader() {
    assertThat(CopyCommand.parse("\\copy airports FROM '../data/airports.csv' CSV HEADER"))
        .isEqualTo(
            new CopyCommand(
                "COPY airports FROM STDIN CSV HEADER",
                true,
                Optional.of(Path.of("../data/airports.csv"))));
  }

  @Test
  void columnsAndAQuotedName() {
    assertThat(
            CopyCommand.parse(
                "\\copy \"Odd from Name\" (a, \"b to c\") from 'it''s.csv' with (format csv);"))
        .isEqualTo(
            new CopyCommand(
                "COPY \"Odd from Name\" (a, \"b to c\") FROM STDIN with (format csv)",
                true,
                Optional.of(Path.of("it's.csv"))));
  }

  @Test
  void aQueryIsSavedToAFile() {
    assertThat(CopyCommand.parse("\\copy (SELECT a FROM t WHERE s = 'to') TO x.txt"))
        .isEqualTo(
            new CopyCommand(
                "COPY (SELECT a FROM t WHERE s = 'to') TO STDOUT",
                false,
                Optional.of(Path.of("x.txt"))));
  }

  @Test
  void standardOutputIsNoFile() {
    assertThat(CopyCommand.parse("\\copy t to stdout csv"))
        .isEqualTo(new CopyCommand("COPY t TO STDOUT csv", false, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\copy",
        "\\copy t",
        "\\copy t TO",
        "\\copy FROM 'x'",
        "\\copy \"t FROM x",
        "\\copy t FROM 'x"
      })
  void whatCannotBeDoneIsRefused(String line) {
    assertThatThrownBy(() -> CopyCommand.parse(line))
        .isInstanceOf(DistDbException.class)
        .hasMessageStartingWith("\\copy");
  }
}
