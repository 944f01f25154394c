// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What one writer was promised, and the one change that was under way. A database shows the last
 * picture that was acknowledged, or that and the change under way: the whole of it.
 */
final class Books {
  private final String owner;
  private final LongSupplier now;
  private final List<Page> pages = new ArrayList<>();
  private Optional<Picture> underWay = Optional.empty();

  private record Page(Picture picture, long nanos) {}

  /** How much of what was acknowledged may be gone. */
  sealed interface Loss {
    Loss NOTHING = new Nothing();

    record Nothing() implements Loss {}

    /** The last change that shows: it was forced, and nothing behind it proves that. */
    record LastBatch() implements Loss {}

    /** Changes since a moment, of the world's time; never one without all that follow it. */
    record Since(long nanos) implements Loss {}
  }

  /**
   * @param now the world's time
   */
  Books(String owner, LongSupplier now) {
    this.owner = owner;
    this.now = now;
    pages.add(new Page(new Picture(), Long.MIN_VALUE));
  }

  /** A copy of what was acknowledged last, to be changed. */
  Picture picture() {
    return pages.getLast().picture().copy();
  }

  boolean has(String table) {
    return pages.getLast().picture().has(table);
  }

  void committing(Picture next) {
    underWay = Optional.of(next);
  }

  void committed() {
    Picture next = underWay.orElseThrow();
    underWay = Optional.empty();
    if (!next.equals(pages.getLast().picture())) {
      pages.add(new Page(next, now.getAsLong()));
    }
  }

  void refused() {
    underWay = Optional.empty();
  }

  /** Compares with what the living database shows; leaves open what became of the change. */
  void check(Picture found) {
    if (!found.equals(pages.getLast().picture()) && !underWay.equals(Optional.of(found))) {
      throw wrong(found);
    }
  }

  /**
   * Compares with what a recovery found, and goes on from it.
   *
   * @return whether something acknowledged is gone, which {@code loss} allows
   */
  boolean settle(Picture found, Loss loss) {
    boolean lost = false;
    if (!found.equals(pages.getLast().picture()) && !underWay.equals(Optional.of(found))) {
      if (!allowed(loss).contains(found)) {
        throw wrong(found);
      }
      lost = true;
    }
    pages.clear();
    pages.add(new Page(found.copy(), now.getAsLong()));
    underWay = Optional.empty();
    return lost;
  }

  private List<Picture> allowed(Loss loss) {
    return switch (loss) {
      case Loss.Nothing nothing -> List.of();
      case Loss.LastBatch last ->
          pages.size() < 2 ? List.of() : List.of(pages.get(pages.size() - 2).picture());
      case Loss.Since since -> {
        List<Picture> pictures = new ArrayList<>();
        for (int i = pages.size() - 1; i > 0 && pages.get(i).nanos() >= since.nanos(); i--) {
          pictures.add(pages.get(i - 1).picture());
        }
        yield pictures;
      }
    };
  }

  private AssertionError wrong(Picture found) {
    return new AssertionError(
        owner
            + " finds another picture than was acknowledged:"
            + pages.getLast().picture().difference(found)
            + underWay
                .map(picture -> "; than the change under way:" + picture.difference(found))
                .orElse(""));
  }
}
