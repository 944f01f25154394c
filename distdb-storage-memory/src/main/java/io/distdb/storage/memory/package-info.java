// SPDX-License-Identifier: MIT
/** To come. */
package io.distdb.storage.memory;
