package org.coffer.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does to signed jars, with the JDK's own tool. */
class SignedJarsTest {
    @TempDir
    private Path folder;

    private Path jar(String name, String... files) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        Path jar = Files.createDirectories(folder.resolve("lib")).resolve(name);
        for (String file : files) {
            Attributes digest = new Attributes();
            digest.putValue("SHA-256-Digest", "x".repeat(44));
            manifest.getEntries().put(file, digest);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String file : files) {
                out.putNextEntry(new ZipEntry(file));
                out.write(file.getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    @Test
    void theSignatureGoesAndContentAndVersionsStay() throws Exception {
        Path signed = jar(
                "signed.jar", "META-INF/K.SF", "META-INF/K.RSA", "a/b.txt", "META-INF/versions/11/a/b.txt", "c d.txt");
        Path plain = jar("plain.jar", "a/b.txt");
        byte[] before = Files.readAllBytes(plain);
        ProcessBuilder shell = new ProcessBuilder(
                        "/bin/sh",
                        "-eu",
                        "-c",
                        "root=/nowhere; . installer/launch/build.sh; unsign \"$1\"",
                        "sh",
                        folder.toString())
                .redirectErrorStream(true);
        shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = shell.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
        try (JarFile now = new JarFile(signed.toFile(), true, JarFile.OPEN_READ, Runtime.version())) {
            assertThat(now.isMultiRelease()).isTrue();
            assertThat(now.getManifest().getEntries()).isEmpty();
            assertThat(now.stream().map(ZipEntry::getName).filter(name -> name.contains("META-INF/K")))
                    .isEmpty();
            assertThat(now.getInputStream(now.getJarEntry("a/b.txt"))).hasContent("META-INF/versions/11/a/b.txt");
            assertThat(now.getInputStream(now.getJarEntry("c d.txt"))).hasContent("c d.txt");
        }
        assertThat(plain).hasBinaryContent(before);
        assertThat(folder.resolve("unpacked")).doesNotExist();
    }
}
