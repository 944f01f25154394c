// SPDX-License-Identifier: MIT
/**
 * The contract of the StorageEngine and Store ports as tests. Adapters subclass {@link
 * io.distdb.testkit.storage.StorageEngineContract}. Nothing here knows an adapter, and nothing is
 * asked that the ports do not promise.
 */
package io.distdb.testkit.storage;
