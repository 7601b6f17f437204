package org.coffer.engine.vault;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.PropertyDefaults;

/** A few hundred harmed objects for each parser. */
@PropertyDefaults(tries = 300, edgeCases = EdgeCasesMode.NONE)
class ParserFuzzTest extends ParserProperties {}
