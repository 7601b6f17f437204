package org.coffer.engine.vault;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

/** As many as a minute or two allow. */
@Tag("long")
@PropertyDefaults(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
class ParserFuzzLongTest extends ParserProperties {}
