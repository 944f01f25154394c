// SPDX-License-Identifier: MIT
/**
 * The words every part of DistDB shares: {@link io.distdb.api.Bytes}, timestamps, ids. Ports live
 * in the packages below. Depends on the JDK alone; nothing here performs I/O or starts a thread,
 * except the JDK-backed clock and scheduler in {@code time}.
 */
package io.distdb.api;
