// SPDX-License-Identifier: MIT
/**
 * How adapters are found: a port for whoever opens one by its name. What is opened is described
 * where it belongs, such as in {@link io.distdb.api.storage}.
 */
package io.distdb.api.provider;
