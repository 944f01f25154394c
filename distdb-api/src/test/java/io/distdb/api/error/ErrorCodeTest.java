// SPDX-License-Identifier: MIT
package io.distdb.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
  @Test
  void everySqlStateIsFiveUpperCaseCharactersAndBelongsToOneCode() {
    var states = Arrays.stream(ErrorCode.values()).map(ErrorCode::sqlState).toList();
    assertThat(states).allMatch(state -> state.matches("[0-9A-Z]{5}")).doesNotHaveDuplicates();
  }

  @Test
  void whatMayHaveHappenedIsNeverRetriedBlindly() {
    assertThat(ErrorCode.COMMIT_OUTCOME_UNKNOWN.retry()).isEqualTo(Retry.ASK_FIRST);
    assertThat(ErrorCode.SERIALIZATION_FAILURE.retry()).isEqualTo(Retry.TRANSACTION);
    assertThat(ErrorCode.DEADLOCK_DETECTED.retry()).isEqualTo(Retry.TRANSACTION);
  }

  @Test
  void detailHintAndPositionTravelWithTheError() {
    DistDbException error =
        new DistDbException(ErrorCode.UNDEFINED_COLUMN, "column \"x\" does not exist")
            .withHint("Perhaps you meant \"y\".")
            .at(8);
    assertThat(error.hint()).contains("Perhaps you meant \"y\".");
    assertThat(error.position()).isEqualTo(8);
    assertThat(error.sqlState()).isEqualTo("42703");
  }
}
