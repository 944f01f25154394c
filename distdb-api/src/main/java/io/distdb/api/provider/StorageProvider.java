// SPDX-License-Identifier: MIT
package io.distdb.api.provider;

import io.distdb.api.inspect.Damage;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.time.Scheduler;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens storage engines of one kind: what a storage adapter shows of itself. The name is what
 * {@code storage} of a configuration gives.
 *
 * <p>An adapter is found by {@link java.util.ServiceLoader}: its jar names the class in {@code
 * META-INF/services/io.distdb.api.provider.StorageProvider}. The class is public, and so is its
 * constructor without parameters, which does nothing: a provider is made to be asked for its name,
 * whether or not it is the one wanted. Native libraries and the like are loaded by {@link #open}.
 */
public interface StorageProvider {
  /**
   * Lower-case letters, digits and hyphens, a letter first. It is written into every data directory
   * that the engine fills, so it never changes.
   */
  String name();

  /**
   * Begins what takes long and needs no directory, such as loading a native library, and returns
   * without waiting for it. Called before {@link #open}, which works without it too, and is where
   * failures are told.
   *
   * @param scheduler starts threads
   */
  default void prepare(Scheduler scheduler) {}

  /**
   * Opens the engine with what its checkpoints left on the disk of {@code resources}; the log above
   * is applied by the caller. Nothing is changed when it throws.
   *
   * @throws io.distdb.api.error.DistDbException {@code CONFIGURATION_ERROR}: there is no disk, and
   *     the engine cannot do without; {@code DATA_CORRUPTED}, {@code INCOMPATIBLE_FORMAT}, {@code
   *     IO_ERROR}; {@code FEATURE_NOT_SUPPORTED}: not on this platform
   */
  StorageEngine open(StorageResources resources);

  /**
   * Looks at what an engine of this kind left on the disk of {@code resources}, which exists and
   * may be in use by another process. Changes nothing.
   *
   * @param damages hears of what is wrong with the directory as a whole
   * @return to be closed by the caller; empty when the adapter cannot say, or nothing can be read
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}: a newer version's;
   *     {@code IO_ERROR}, {@code FEATURE_NOT_SUPPORTED} as {@link #open}
   */
  default Optional<StorageInspector> inspect(StorageResources resources, Consumer<Damage> damages) {
    return Optional.empty();
  }
}
