package org.coffer.window.location;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.location.Address;
import org.coffer.console.location.BucketFields;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.location.Secret;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Problems;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;

/**
 * Another way to a bucket that is in use: another key, other certificates to trust, another proxy, lists that lag. It is tried out before
 * it is taken; what is secret is never shown, and stays where nothing is typed.
 */
final class AccessModel {
    private final Locations locations;
    private final Location location;
    private final BucketFields before;
    private final Background.Line line;
    private final Dialogs dialogs;
    private final StringProperty accessKey;
    private final StringProperty secretKey = new SimpleStringProperty("");
    private final StringProperty authority;
    private final StringProperty proxy;
    private final StringProperty proxyUser;
    private final StringProperty proxyPassword = new SimpleStringProperty("");
    private final StringProperty listDelay;
    private final ReadOnlyObjectWrapper<Map<String, Problem>> problems = new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());

    /** Begins with the way that is used now. */
    AccessModel(Locations locations, Location location, Address.Bucket bucket, Background background, Dialogs dialogs) {
        this.locations = locations;
        this.location = location;
        this.before = BucketFields.of(bucket);
        this.line = background.line();
        this.dialogs = dialogs;
        this.accessKey = new SimpleStringProperty(before.accessKey());
        this.authority = new SimpleStringProperty(before.authority());
        this.proxy = new SimpleStringProperty(before.proxy());
        this.proxyUser = new SimpleStringProperty(before.proxyUser());
        this.listDelay = new SimpleStringProperty(before.listDelay());
        List.of(accessKey, secretKey, authority, proxy, proxyUser, proxyPassword, listDelay)
                .forEach(field -> field.subscribe((was, now) -> {
                    failure.set(Optional.empty());
                    problems.set(wanted().problems());
                }));
        problems.set(wanted().problems());
    }

    StringProperty accessKey() {
        return accessKey;
    }

    /** The new key's secret half; empty to keep the one that is used. */
    StringProperty secretKey() {
        return secretKey;
    }

    StringProperty authority() {
        return authority;
    }

    StringProperty proxy() {
        return proxy;
    }

    StringProperty proxyUser() {
        return proxyUser;
    }

    /** Empty to keep the one that is used. */
    StringProperty proxyPassword() {
        return proxyPassword;
    }

    /** Minutes that lists there may lag; empty for what a trial finds. */
    StringProperty listDelay() {
        return listDelay;
    }

    /** What is wrong with a field, such as {@code accessKey}. */
    ObservableValue<Optional<Sentence>> problem(String field) {
        return problems.map(now -> Problems.of(now, field));
    }

    /** Why the place cannot be reached that way. */
    ReadOnlyObjectProperty<Optional<Problem>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Lets the user pick a file of certificates. */
    Act chooseAuthority() {
        return Act.of(
                "locations.add.choose",
                () -> dialogs.chooseFile(Sentence.of("locations.add.authority"))
                        .ifPresent(file -> authority.set(file.toString())));
    }

    /** Tries it out and takes it; {@code done} closes the sheet. */
    Act keep(Runnable done) {
        return Act.of("locations.access.keep", () -> send(done))
                .unless(problems.map(now -> now.values().stream().findFirst().map(Problems::what)));
    }

    private BucketFields wanted() {
        return before.reached(accessKey.get(), authority.get(), proxy.get(), proxyUser.get())
                .listing(listDelay.get());
    }

    private void send(Runnable done) {
        if (line.busyProperty().get()) {
            return;
        }
        failure.set(Optional.empty());
        BucketFields wanted = wanted();
        Secret secret = new Secret(secretKey.get().strip(), proxyPassword.get());
        line.work(() -> locations.reach(location.id(), wanted, secret))
                .then(changed -> done.run())
                .onError(problem -> failure.set(Optional.of(problem)))
                .start();
    }
}
