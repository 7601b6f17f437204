package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.coffer.console.file.FileFailure;
import org.coffer.problem.Problem;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            "cache",
            "system disk",
            "virtual",
            "device",
            "directory",
            "path",
            "parity",
            "bucket",
            "server",
            "port",
            "proxy",
            "firewall",
            "certificate",
            "protocol",
            "endpoint",
            "prefix",
            "token",
            "quota",
            "session",
            "query",
            "boot",
            "terminal",
            "root",
            "attribute",
            "instance",
            "process",
            "interrupted task",
            "timeout",
            "unmount",
            "encrypt",
            "decrypt",
            "config",
            "invalid",
            "execute",
            "abort");

    private static final List<String> CHINESE = List.of(
            "去重", "快照", "块", "扇区", "挂载点", "叠加", "分区", "文件系统", "元数据", "哈希", "校验和", "字节", "仓库", "卷", "套接字", "守护进程",
            "索引节点", "超级块", "日志", "密文", "增量", "偏移", "NBD", "UUID", "挂载", "镜像", "映像", "内核", "凭据库", "算法", "对象存储", "恢复点",
            "参数", "线程", "缓存", "权限", "虚拟机", "设备", "目录", "路径", "存储桶", "服务器", "端口", "代理", "防火墙", "证书", "协议", "终端", "前缀",
            "令牌", "配额", "会话", "引导", "进程", "超时", "卸载", "配置", "无效", "非法", "异常终止", "实例", "域名");

    /** What the wizard says, and what it leaves in the hands of those who ask. */
    private static final List<String> SPOKEN = List.of("wizard.", "browse.", "receipt.", "restore.undo.");

    private static final int LONGEST_ENGLISH = 140;
    private static final int LONGEST_CHINESE = 60;

    /** Families of problems that somebody may meet on the way through the wizard. */
    private static final List<String> MET = List.of(
            "backup.",
            "disk.",
            "file.unwritable",
            "files.",
            "grow.",
            "image.",
            "location.",
            "mount.busy",
            "printer.",
            "receipt.",
            "restore.",
            "storage.",
            "task.",
            "undo.",
            "vault.");

    /** What of them is met only elsewhere. */
    private static final Set<String> ELSEWHERE = Set.of(
            // Deleting backups, and adding disks to the list.
            "backup.deletion-failed",
            "disk.partition",
            "disk.unknown",
            "disk.unlisted",
            "image.empty",
            "image.folder",
            "image.format",
            "image.small",
            "image.special",
            "image.unreadable",
            // Paths that are typed in a terminal.
            "files.path",
            "files.volumes",
            // Making vaults, adding locations and changing them.
            "location.keyless",
            "location.limit",
            "location.none",
            "location.occupied",
            "location.set.nothing",
            "location.unclear",
            "storage.denied.delete",
            "vault.not-encrypted");

    /** What programs say, which a plain sentence does not pass on. */
    private static final Pattern TECHNICAL = Pattern.compile("\\{(cause|what|object|code|user|task)\\b");

    private static final Path WIZARD = Path.of("src/main/java/org/coffer/window/wizard");
    private static final Path FILES = Path.of("src/main/java/org/coffer/window/files");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z0-9.-]+)\"");

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
        keys().forEach(key -> judge(key, List.of(key), found));
        assertThat(keys()).hasSizeGreaterThan(200);
        assertThat(found).isEmpty();
    }

    /** What the views and models of the wizard name themselves, whatever page it was written for. */
    @Test
    void norIsOneBorrowedFromAnotherPage() throws IOException {
        var literals = new TreeSet<String>();
        for (Path file : List.of(WIZARD, FILES)) {
            try (Stream<Path> sources = Files.list(file)) {
                for (Path source :
                        sources.filter(one -> one.toString().endsWith(".java")).toList()) {
                    LITERAL.matcher(Files.readString(source)).results().forEach(one -> literals.add(one.group(1)));
                }
            }
        }
        var found = new ArrayList<String>();
        List<String> borrowed = literals.stream()
                .filter(english::has)
                .filter(key -> SPOKEN.stream().noneMatch(key::startsWith))
                .toList();
        borrowed.forEach(key -> judge(key, List.of(key), found));
        assertThat(borrowed).contains("kit.confirm.type");
        assertThat(found).isEmpty();
    }

    @Test
    void noProblemThatIsMetOnTheWayBringsOneIn() {
        var found = new ArrayList<String>();
        List<String> met = english.keys().stream()
                .filter(key -> key.startsWith("problem.") && key.endsWith(".what"))
                .map(key -> key.substring("problem.".length(), key.length() - ".what".length()))
                .filter(code -> MET.stream().anyMatch(code::startsWith) && !ELSEWHERE.contains(code))
                .toList();
        for (String code : met) {
            List<String> said = said(Plainly.why(Problem.of(code)), code);
            judge(code, said, found);
            if (Plainly.CODES.contains(code)
                    && said.stream()
                            .anyMatch(key -> TECHNICAL.matcher(english.get(key)).find())) {
                found.add(code + " passes on what a program says");
            }
        }
        assertThat(met).hasSizeGreaterThan(100);
        assertThat(found).isEmpty();
    }

    /** The messages that a sentence about a problem is made of. */
    private static List<String> said(Sentence sentence, String code) {
        return sentence.key().startsWith("wizard.")
                ? List.of(sentence.key())
                : Stream.of("what", "why", "do")
                        .map(part -> "problem." + code + "." + part)
                        .toList();
    }

    private void judge(String what, List<String> keys, List<String> found) {
        String said =
                String.join(" ", keys.stream().map(key -> words(english, key)).toList());
        ENGLISH.stream()
                .filter(word -> Pattern.compile("\\b" + word).matcher(said).find())
                .forEach(word -> found.add(what + ": " + word));
        String spoken =
                String.join(" ", keys.stream().map(key -> words(chinese, key)).toList());
        CHINESE.stream()
                .filter(word -> spoken.contains(word.toLowerCase(Locale.ROOT)))
                .forEach(word -> found.add(what + ": " + word));
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

    @ParameterizedTest
    @CsvSource(textBlock = """
            storage.name, wizard.storage.unreached
            storage.certificate.unknown, wizard.storage.unreached
            storage.bucket.gone, wizard.storage.unreached
            storage.proxy.needed, wizard.storage.unreached
            storage.clock.ahead, wizard.storage.clock
            storage.certificate.expired, wizard.storage.clock
            storage.denied.read, wizard.why.storage.denied.read
            grow.pool, wizard.grow.not
            """)
    void whatHasManyNamesAndOneWayOutIsSaidInOneSentence(String code, String key) {
        assertThat(Plainly.why(Problem.of(code)).key()).isEqualTo(key);
    }

    /** As {@link FileFailure} lists them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "vault.damaged",
                "files.broken",
                "files.unsupported",
                "files.missing",
                "files.name",
                "files.in-way",
                "files.own",
                "files.denied",
                "files.large",
                "files.link",
                "files.moved",
                "files.cut",
                "files.deep",
                "files.unlike"
            })
    void everyReasonForWhichAFileIsNotBackIsSaidWithItsName(String code) {
        Sentence why =
                Plainly.why(new FileFailure("0:/Documents/a.jpg", Problem.of(code, "path", "0:/Documents/a.jpg")));
        assertThat(why.key()).isNotEqualTo("wizard.done.not-back");
        assertThat(why.args()).contains("a.jpg").doesNotContain("0:/Documents/a.jpg");
        assertThat(List.of(english, chinese))
                .allSatisfy(text -> assertThat(text.get(why.key())).containsAnyOf("{name}", "{path}"));
    }
}
