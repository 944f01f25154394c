// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.txn.CommitToken;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CommandCodecTest {
  @Property
  void whatIsWrittenIsReadBack(@ForAll("commands") ShardCommand command) {
    Bytes bytes = command.toBytes();
    ShardCommand read = CommandCodec.decode(bytes);
    assertThat(read.toBytes()).isEqualTo(bytes);
    if (command instanceof ShardCommand.Commit commit) {
      ShardCommand.Commit readCommit = (ShardCommand.Commit) read;
      assertThat(readCommit.token()).isEqualTo(commit.token());
      assertThat(readCommit.changedTables()).isEqualTo(commit.changedTables());
      assertThat(readCommit.batch().timestamp()).isEqualTo(commit.batch().timestamp());
      assertThat(readCommit.batch().operations()).isEqualTo(commit.batch().operations());
    } else {
      assertThat(read).isEqualTo(command);
    }
  }

  @Property(tries = 300)
  void aCutCommandIsRefused(@ForAll("commands") ShardCommand command, @ForAll double where) {
    Bytes bytes = command.toBytes();
    int length = (int) (Math.abs(where % 1) * bytes.length());
    assertRefused(bytes.slice(0, length), ErrorCode.DATA_CORRUPTED);
  }

  /** Fails when the bytes of format 1 change: old journals must stay readable. */
  @Test
  void format1StaysAsItIs() {
    assertThat(new ShardCommand.ExtendTimestampBound(258).toBytes())
        .isEqualTo(hex("0103" + "0000000000000102"));
    assertThat(
            new ShardCommand.Commit(
                    new WriteBatch().at(7).delete(new IndexId(1), Bytes.of(9)),
                    new CommitToken(new UUID(1, 2)),
                    List.of(new TableId(300)))
                .toBytes())
        .isEqualTo(
            hex(
                "0101"
                    + "01"
                    + "00000000000000010000000000000002"
                    + "01"
                    + "ac02"
                    + "0000000000000007"
                    + "01"
                    + "02"
                    + "01"
                    + "0109"));
  }

  @Test
  void newerFormatsAndStrangersAreToldApart() {
    assertRefused(hex("0203" + "0000000000000102"), ErrorCode.INCOMPATIBLE_FORMAT);
    assertRefused(hex("0163"), ErrorCode.DATA_CORRUPTED);
    assertRefused(hex("0103" + "000000000000010200"), ErrorCode.DATA_CORRUPTED);
  }

  private static void assertRefused(Bytes bytes, ErrorCode code) {
    assertThatThrownBy(() -> CommandCodec.decode(bytes))
        .isInstanceOfSatisfying(
            DistDbException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private static Bytes hex(String digits) {
    return Bytes.wrap(HexFormat.of().parseHex(digits));
  }

  @Provide
  Arbitrary<ShardCommand> commands() {
    Arbitrary<Long> numbers = Arbitraries.longs();
    Arbitrary<CommitToken> tokens =
        Combinators.combine(numbers, numbers)
            .as((high, low) -> new CommitToken(new UUID(high, low)));
    Arbitrary<CommitToken> withAnswered =
        Combinators.combine(tokens, tokens.injectNull(0.5))
            .as((token, answered) ->
                answered == null ? token : token.withAnswered(answered.value()));
    Arbitrary<WriteBatch> batches =
        Combinators.combine(numbers, Arbitraries.strings().ofMaxLength(20).list().ofMaxSize(5))
            .as((timestamp, keys) -> {
              WriteBatch batch = new WriteBatch().at(timestamp);
              keys.forEach(key -> batch.put(new IndexId(5), Bytes.utf8(key), Bytes.EMPTY));
              return batch;
            });
    Arbitrary<List<TableId>> tables =
        Arbitraries.longs().greaterOrEqual(0).map(TableId::new).list().ofMaxSize(3);
    return Arbitraries.oneOf(
        Combinators.combine(batches, withAnswered.injectNull(0.5), tables)
            .as(ShardCommand.Commit::new),
        Combinators.combine(tokens, numbers).as(ShardCommand.ProposeOutcome::new),
        numbers.map(ShardCommand.ExtendTimestampBound::new),
        Combinators.combine(numbers, numbers).as(ShardCommand.ExpireOutcomes::new),
        numbers.map(ShardCommand.AdvanceSafePoint::new),
        Arbitraries.integers().greaterOrEqual(1).map(ShardCommand.AllocateIndexIds::new));
  }
}
