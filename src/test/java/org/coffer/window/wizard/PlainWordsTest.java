package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.junit.jupiter.api.Test;

/** Nobody on a bad day should have to learn a word (S9): holds all that the wizard says to words that everybody knows. */
class PlainWordsTest {
    /** Words of the trade; in English at the beginning of a word. */
    private static final List<String> ENGLISH = List.of(
            "chunk",
            "repositor",
            "prun",
            "snapshot",
            "nbd",
            "mount point",
            "mounted",
            "overlay",
            "dedup",
            "sector",
            "inode",
            "manifest",
            "hash",
            "checksum",
            "byte",
            "incremental",
            "offset",
            "metadata",
            "file system",
            "filesystem",
            "partition",
            "volume",
            "socket",
            "daemon",
            "retention",
            "ciphertext",
            "superblock",
            "journal",
            "lease",
            "uuid",
            "raw image",
            "loop device",
            "block",
            "disk image",
            "image file",
            "kernel",
            "losetup",
            "fstab",
            "permission",
            "credential",
            "algorithm",
            "object store",
            "restore point",
            "read-only",
            "parameter",
            "thread",
            "cache");

    private static final List<String> CHINESE = List.of(
            "去重", "快照", "块", "扇区", "挂载点", "叠加", "分区", "文件系统", "元数据", "哈希", "校验和", "字节", "仓库", "卷", "套接字", "守护进程",
            "索引节点", "超级块", "日志", "密文", "增量", "偏移", "NBD", "UUID", "挂载", "镜像", "映像", "内核", "凭据库", "算法", "对象存储", "恢复点",
            "参数", "线程", "缓存", "权限");

    /** What the wizard says, and what it leaves in the hands of those who ask. */
    private static final List<String> SPOKEN = List.of("wizard.", "browse.", "receipt.");

    private static final int LONGEST_ENGLISH = 140;
    private static final int LONGEST_CHINESE = 60;

    private final Text english = Text.of(Language.ENGLISH, Clock.systemUTC());
    private final Text chinese = Text.of(Language.CHINESE, Clock.systemUTC());

    private Stream<String> keys() {
        return english.keys().stream().filter(key -> SPOKEN.stream().anyMatch(key::startsWith));
    }

    /** The words without their placeholders. */
    private static String words(Text text, String key) {
        return text.get(key).replaceAll("\\{[^}|]*}", " ").toLowerCase(Locale.ROOT);
    }

    @Test
    void noWordOfTheTradeIsSaidInEitherLanguage() {
        var found = new ArrayList<String>();
        keys().forEach(key -> {
            String said = words(english, key);
            ENGLISH.stream()
                    .filter(word -> Pattern.compile("\\b" + word).matcher(said).find())
                    .forEach(word -> found.add(key + ": " + word));
            String spoken = words(chinese, key);
            CHINESE.stream()
                    .filter(word -> spoken.contains(word.toLowerCase(Locale.ROOT)))
                    .forEach(word -> found.add(key + ": " + word));
        });
        assertThat(keys()).hasSizeGreaterThan(200);
        assertThat(found).isEmpty();
    }

    @Test
    void noSentenceIsLong() {
        var found = new ArrayList<String>();
        keys().forEach(key -> {
            for (String sentence : words(english, key).split("(?<=[.?])\\s+", -1)) {
                if (sentence.length() > LONGEST_ENGLISH) {
                    found.add(key + ": " + sentence);
                }
            }
            for (String sentence : words(chinese, key).split("[。？]", -1)) {
                if (sentence.length() > LONGEST_CHINESE) {
                    found.add(key + ": " + sentence);
                }
            }
        });
        assertThat(found).isEmpty();
    }

    @Test
    void everyProblemThatHasPlainWordsHasThemInTheBundle() {
        assertThat(Plainly.CODES)
                .allSatisfy(
                        code -> assertThat(english.has("wizard.why." + code)).isTrue());
        assertThat(english.keys().stream()
                        .filter(key -> key.startsWith("wizard.why."))
                        .map(key -> key.substring("wizard.why.".length())))
                .containsExactlyInAnyOrderElementsOf(Plainly.CODES);
    }
}
