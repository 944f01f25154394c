// SPDX-License-Identifier: MIT
package io.distdb.testkit.transport;

import io.distdb.testkit.SeededRandom;
import java.util.List;

/**
 * What happens to each message by chance.
 *
 * @param dropProbability that it is lost
 * @param duplicateProbability that it comes twice
 * @param delayNanosMin least time on the way
 * @param delayNanosMax end of the usual time on the way, exclusive
 * @param slowProbability that it takes a hundred times as long
 * @param reorders whether messages of one link may overtake each other
 * @param breakProbability that it is lost with a connection, and both ends are told so
 * @param endNoticedProbability that a node is told of the end of another one's process; a machine
 *     that loses its power tells nobody
 */
public record NetworkFaults(
    double dropProbability,
    double duplicateProbability,
    long delayNanosMin,
    long delayNanosMax,
    double slowProbability,
    boolean reorders,
    double breakProbability,
    double endNoticedProbability) {
  /** Every message comes once, in order, after about a fifth of a millisecond. */
  public static final NetworkFaults NONE =
      new NetworkFaults(0, 0, 100_000, 300_000, 0, false, 0, 1);

  public NetworkFaults {
    if (delayNanosMin <= 0 || delayNanosMax <= delayNanosMin) {
      throw new IllegalArgumentException("delays are positive and their range is not empty");
    }
  }

  /** A mix that the seed picks; each kind is absent for some seeds. */
  public static NetworkFaults of(SeededRandom random) {
    return new NetworkFaults(
        random.pick(List.of(0.0, 0.01, 0.1)),
        random.pick(List.of(0.0, 0.01, 0.1)),
        100_000,
        random.pick(List.of(200_000L, 2_000_000L, 20_000_000L)),
        random.pick(List.of(0.0, 0.01)),
        random.chance(0.6),
        random.pick(List.of(0.0, 0.0, 0.001, 0.02)),
        random.pick(List.of(0.0, 0.5, 1.0)));
  }
}
