// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Runs a simulation for many seeds, every hundredth twice, and tells how to replay the one that
 * fails.
 *
 * <pre>{@code
 * @Test
 * void transfersKeepTheTotal() {
 *   SeedRunner.of(getClass(), "transfersKeepTheTotal").run(200, seed -> simulate(seed));
 * }
 * }</pre>
 *
 * <p>System properties: {@value #SEED_PROPERTY} runs that seed alone, twice; {@value
 * #SEEDS_PROPERTY} replaces the number of seeds; {@value #FIRST_PROPERTY} is the first one (1).
 */
public final class SeedRunner {
  public static final String SEED_PROPERTY = "distdb.seed";
  public static final String SEEDS_PROPERTY = "distdb.seeds";
  public static final String FIRST_PROPERTY = "distdb.seeds.first";

  private static final int CHECKED_TWICE_EVERY = 100;

  private final String testClass;
  private final String method;

  private SeedRunner(String testClass, String method) {
    this.testClass = testClass;
    this.method = method;
  }

  /** For a test method; both names go into the replay command. */
  public static SeedRunner of(Class<?> testClass, String method) {
    return new SeedRunner(testClass.getSimpleName(), Objects.requireNonNull(method, "method"));
  }

  /** One run: equal seeds must give equal results. */
  @FunctionalInterface
  public interface Simulation {
    /** The run's trace hash. */
    long run(long seed);
  }

  /**
   * @throws AssertionError names the first seed that failed, or whose two hashes differ
   */
  public void run(int seeds, Simulation simulation) {
    Long only = Long.getLong(SEED_PROPERTY);
    if (only != null) {
      runTwice(only, simulation);
      return;
    }
    long first = Long.getLong(FIRST_PROPERTY, 1);
    long count = Long.getLong(SEEDS_PROPERTY, seeds);
    for (long i = 0; i < count; i++) {
      long seed = first + i;
      if (i % CHECKED_TWICE_EVERY == 0) {
        runTwice(seed, simulation);
      } else {
        named(seed, () -> simulation.run(seed));
      }
    }
  }

  /**
   * Runs one seed once, in whatever thread; the properties do not count.
   *
   * @return its trace hash
   * @throws AssertionError names the seed, and tells how to replay it
   */
  public long runOnce(long seed, Simulation simulation) {
    return named(seed, () -> simulation.run(seed));
  }

  private void runTwice(long seed, Simulation simulation) {
    long once = named(seed, () -> simulation.run(seed));
    long again = named(seed, () -> simulation.run(seed));
    if (once != again) {
      throw new AssertionError(
          String.format(
              "seed %d gave trace hash %016x, then %016x: something is not deterministic; "
                  + "write both traces with -D%s=FILE and compare them%n%s",
              seed, once, again, Trace.FILE_PROPERTY, replay(seed)));
    }
  }

  private long named(long seed, LongSupplier run) {
    try {
      return run.getAsLong();
    } catch (RuntimeException | Error failure) {
      throw new AssertionError(
          "seed "
              + seed
              + " failed: "
              + failure.getMessage()
              + System.lineSeparator()
              + replay(seed),
          failure);
    }
  }

  private String replay(long seed) {
    Path module = Path.of("").toAbsolutePath();
    String commit = commit(module).map(hash -> " (at commit " + hash + ")").orElse("");
    return "replay: mvn -pl "
        + module.getFileName()
        + " -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest="
        + testClass
        + "#"
        + method
        + " -D"
        + SEED_PROPERTY
        + "="
        + seed
        + commit;
  }

  /** The commit that is checked out, when the sources lie in a plain git clone. */
  private static Optional<String> commit(Path from) {
    for (Path directory = from; directory != null; directory = directory.getParent()) {
      Path git = directory.resolve(".git");
      if (Files.isRegularFile(git.resolve("HEAD"))) {
        return commitOf(git);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> commitOf(Path git) {
    try {
      String head = Files.readString(git.resolve("HEAD")).strip();
      if (!head.startsWith("ref: ")) {
        return Optional.of(head);
      }
      Path reference = git.resolve(head.substring("ref: ".length()));
      return Files.isRegularFile(reference)
          ? Optional.of(Files.readString(reference).strip())
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of("unknown: " + unreadable.getMessage());
    }
  }
}
