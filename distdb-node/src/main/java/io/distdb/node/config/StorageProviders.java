// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.provider.StorageProvider;
import io.distdb.api.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The storage adapters on the class path. One that cannot be loaded is in nobody's way. */
public final class StorageProviders {
  /** Where to get those that exist but are not there by themselves. */
  private static final Map<String, String> ARTIFACTS =
      Map.of("rocksdb", "io.distdb:distdb-storage-rocksdb");

  private final List<StorageProvider> providers = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  private StorageProviders() {}

  /** Those that DistDB's own class loader sees. */
  public static StorageProviders installed() {
    StorageProviders found = new StorageProviders();
    ServiceLoader.load(StorageProvider.class, StorageProviders.class.getClassLoader()).stream()
        .forEach(found::add);
    return found;
  }

  /**
   * Lets the adapter called {@code name} begin, if there is one; {@link #named} tells otherwise.
   */
  public static void prepare(String name, Scheduler scheduler) {
    installed().find(name).ifPresent(provider -> provider.prepare(scheduler));
  }

  private void add(ServiceLoader.Provider<StorageProvider> provider) {
    try {
      providers.add(provider.get());
    } catch (ServiceConfigurationError | LinkageError failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      broken.add(provider.type().getName() + " (" + cause + ")");
    }
  }

  private Optional<StorageProvider> find(String name) {
    return providers.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }

  /**
   * The adapter called {@code name}.
   *
   * @throws DistDbException {@code CONFIGURATION_ERROR}: there is none; the message says which
   *     there are
   */
  public StorageProvider named(String name) {
    return find(name)
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.CONFIGURATION_ERROR, "storage: " + name + ": " + absence(name)));
  }

  /** What is wrong with {@code name}; empty when there is such an adapter. */
  Optional<String> problem(String name) {
    return find(name).isPresent() ? Optional.empty() : Optional.of(absence(name));
  }

  private String absence(String name) {
    List<String> names = providers.stream().map(StorageProvider::name).sorted().toList();
    String artifact = ARTIFACTS.get(name);
    return "no storage engine of this name is on the class path, which has "
        + (names.isEmpty() ? "none" : String.join(", ", names))
        + (artifact == null ? "" : "; add the artifact " + artifact)
        + (broken.isEmpty() ? "" : "; could not be loaded: " + String.join(", ", broken));
  }
}
