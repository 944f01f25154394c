// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.testkit.SeededRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CallFrameCodecTest {
  private static final CallFrame.Lives LIVES = new CallFrame.Lives(7, 1L << 40);

  static List<CallFrame> frames() {
    Bytes content = Bytes.utf8("what is asked");
    return List.of(
        new CallFrame.Hello(true),
        new CallFrame.Hello(false),
        new CallFrame.Request(9, 8, "s", 13, 0, CallFrame.Slice.of(content, 0, 100)),
        new CallFrame.Request(
            Long.MAX_VALUE, 0, "x".repeat(64), Integer.MAX_VALUE, 1 << 28, whole("a")),
        new CallFrame.Request(1, 1, "nothing", 0, 0, whole("")),
        new CallFrame.Received(3, Integer.MAX_VALUE),
        new CallFrame.Answer(4, false, 7, 3, whole("four")),
        new CallFrame.Answer(4, true, 0, 0, whole("")),
        new CallFrame.Want(5, 1 << 20),
        new CallFrame.Over(6),
        new CallFrame.Settled(7, List.of(1L, 300L, Long.MAX_VALUE)),
        new CallFrame.Settled(1, List.of()),
        new CallFrame.Tell("news", content),
        new CallFrame.Tell("news", Bytes.EMPTY));
  }

  private static CallFrame.Slice whole(String text) {
    Bytes bytes = Bytes.utf8(text);
    return new CallFrame.Slice(bytes, 0, bytes.length());
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aFrameIsReadAsItWasWritten(CallFrame frame) {
    CallFrameCodec.Read read = CallFrameCodec.decode(CallFrameCodec.encode(LIVES, frame));
    assertThat(read.lives()).isEqualTo(LIVES);
    assertThat(read.frame()).isEqualTo(frame);
  }

  @Test
  void aSliceIsWrittenAlone() {
    CallFrame.Slice middle = CallFrame.Slice.of(Bytes.utf8("abcdef"), 2, 3);
    CallFrame frame = new CallFrame.Answer(1, false, 6, 2, middle);
    CallFrame read = CallFrameCodec.decode(CallFrameCodec.encode(LIVES, frame)).frame();
    assertThat(((CallFrame.Answer) read).content().whole()).isEqualTo(Bytes.utf8("cde"));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void noiseIsReadAsSomethingOrRefused(CallFrame frame) {
    Bytes encoded = CallFrameCodec.encode(LIVES, frame);
    for (int length = 0; length < encoded.length(); length++) {
      readOrRefuse(encoded.slice(0, length));
    }
    for (int bit = 0; bit < encoded.length() * 8; bit++) {
      byte[] flipped = encoded.array().clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      readOrRefuse(Bytes.wrap(flipped));
    }
    SeededRandom random = new SeededRandom(frame.hashCode());
    for (int i = 0; i < 1_000; i++) {
      byte[] noise = new byte[(int) random.between(0, 40)];
      for (int at = 0; at < noise.length; at++) {
        noise[at] = (byte) (at < 1 ? 1 : at < 2 ? random.between(1, 9) : random.between(0, 256));
      }
      readOrRefuse(Bytes.wrap(noise));
    }
  }

  /** Any other exception fails the test. */
  private static void readOrRefuse(Bytes bytes) {
    try {
      assertThat(CallFrameCodec.decode(bytes).frame()).isNotNull();
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @Test
  void anotherVersionIsRefusedByItsNumber() {
    assertThatThrownBy(() -> CallFrameCodec.decode(Bytes.of(2, 1, 1, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("calls of version 2");
  }

  @Test
  void errorsKeepWhatTheySay() {
    DistDbException error =
        new DistDbException(ErrorCode.UNIQUE_VIOLATION, "duplicate key")
            .withDetail("Key (id)=(1) already exists.")
            .withHint("Take another.");
    DistDbException read = ErrorBytes.decode(ErrorBytes.encode(error));
    assertThat(read.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION);
    assertThat(read).hasMessage("duplicate key");
    assertThat(read.detail()).contains("Key (id)=(1) already exists.");
    assertThat(read.hint()).contains("Take another.");
    DistDbException bare = new DistDbException(ErrorCode.LOCK_NOT_AVAILABLE, "no");
    assertThat(ErrorBytes.decode(ErrorBytes.encode(bare)).detail()).isEmpty();
  }

  @Test
  void anErrorOfANewerVersionIsAnInternalOne() {
    Bytes newer = Bytes.of(1, 'X', 2, 'h', 'i', 0, 0);
    DistDbException read = ErrorBytes.decode(newer);
    assertThat(read.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    assertThat(read).hasMessage("hi");
    assertThat(ErrorBytes.decode(Bytes.of(9, 9)).code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
  }
}
