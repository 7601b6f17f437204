package org.coffer.window.location;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.coffer.console.location.Address;
import org.coffer.console.location.BucketFields;
import org.coffer.console.location.Location;
import org.coffer.console.location.Secret;
import org.coffer.problem.Problem;

/** A bucket in object storage on its way to becoming a location. */
final class BucketPart implements PlacePart {
    private final ObjectProperty<Provider> provider = new SimpleObjectProperty<>(Provider.OTHER);
    private final StringProperty endpoint = new SimpleStringProperty("");
    private final StringProperty region = new SimpleStringProperty("");
    private final StringProperty bucket = new SimpleStringProperty("");
    private final StringProperty prefix = new SimpleStringProperty("");
    private final BooleanProperty pathStyle = new SimpleBooleanProperty(true);
    private final StringProperty accessKey = new SimpleStringProperty("");
    private final StringProperty secretKey = new SimpleStringProperty("");
    private final StringProperty authority = new SimpleStringProperty("");
    private final StringProperty proxy = new SimpleStringProperty("");
    private final StringProperty proxyUser = new SimpleStringProperty("");
    private final StringProperty proxyPassword = new SimpleStringProperty("");
    private final StringProperty listDelay = new SimpleStringProperty("");

    BucketPart() {
        provider.subscribe((old, now) -> {
            boolean untouched = endpoint.get().isBlank() || endpoint.get().equals(old.endpoint(region.get()));
            region.set(now.region());
            pathStyle.set(now.pathStyle());
            if (untouched) {
                endpoint.set(now.endpoint(now.region()));
            }
        });
        region.subscribe((old, now) -> {
            if (!endpoint.get().isBlank()
                    && endpoint.get().equals(provider.get().endpoint(old))) {
                endpoint.set(provider.get().endpoint(now.strip()));
            }
        });
    }

    /** Whose storage it is; fills in what is known of it. */
    ObjectProperty<Provider> provider() {
        return provider;
    }

    StringProperty endpoint() {
        return endpoint;
    }

    StringProperty region() {
        return region;
    }

    StringProperty bucket() {
        return bucket;
    }

    StringProperty prefix() {
        return prefix;
    }

    BooleanProperty pathStyle() {
        return pathStyle;
    }

    StringProperty accessKey() {
        return accessKey;
    }

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

    StringProperty proxyPassword() {
        return proxyPassword;
    }

    /** Minutes that lists there may lag; empty for what a trial finds. */
    StringProperty listDelay() {
        return listDelay;
    }

    @Override
    public Location.Kind kind() {
        return Location.Kind.S3;
    }

    @Override
    public Optional<Address> address() {
        return fields().problems().isEmpty() ? Optional.of(fields().address()) : Optional.empty();
    }

    @Override
    public Secret secret() {
        return new Secret(secretKey.get().strip(), proxyPassword.get());
    }

    @Override
    public Map<String, Problem> problems() {
        Map<String, Problem> problems = new LinkedHashMap<>(fields().problems());
        if (secretKey.get().isBlank()) {
            problems.put("secretKey", Problem.of("storage.field.secret"));
        }
        return problems;
    }

    @Override
    public String suggestedName() {
        return bucket.get().strip();
    }

    @Override
    public void onChange(Runnable heard) {
        List.of(
                        endpoint,
                        region,
                        bucket,
                        prefix,
                        accessKey,
                        secretKey,
                        authority,
                        proxy,
                        proxyUser,
                        proxyPassword,
                        listDelay)
                .forEach(field -> field.subscribe((old, now) -> heard.run()));
        pathStyle.subscribe((old, now) -> heard.run());
    }

    private BucketFields fields() {
        return new BucketFields(
                endpoint.get(),
                bucket.get(),
                prefix.get(),
                region.get(),
                pathStyle.get(),
                accessKey.get(),
                authority.get(),
                proxy.get(),
                proxyUser.get(),
                listDelay.get());
    }
}
