package org.coffer.console.audit;

/** The kinds of change that are recorded, by the names that the cloud's API gives them where it has them (U1). */
public enum AuditEvent {
    CREATE_VAULT("createVault"),
    UPDATE_VAULT("updateVault"),
    DELETE_VAULT("deleteVault"),
    RESTORE_VAULT("restoreVault"),
    PURGE_VAULT("purgeVault"),
    UNLOCK_VAULT("unlockVault"),
    UPDATE_VAULT_KEY("updateVaultKey"),
    SHOW_RECOVERY_CODE("showRecoveryCode"),
    SAVE_RECOVERY_SHEET("saveRecoverySheet"),
    COLLECT_VAULT("collectVault"),
    FORGET_VAULT("forgetVault"),
    ATTACH_VAULT("attachVault"),
    KEEP_VAULT("keepVault"),
    YIELD_VAULT("yieldVault"),
    ADD_RESOURCES("addResources"),
    REMOVE_RESOURCES("removeResources"),
    MIGRATE_RESOURCES("migrateResources"),
    CREATE_BACKUP("createVaultBackup"),
    UPDATE_BACKUP("updateBackup"),
    DELETE_BACKUP("deleteBackup"),
    TRASH_BACKUP("trashBackup"),
    UNTRASH_BACKUP("untrashBackup"),
    RESTORE_BACKUP("restoreBackup"),
    UNDO_RESTORE("undoRestore"),
    OPEN_BACKUP("openBackup"),
    CLOSE_BACKUP("closeBackup"),
    VERIFY_BACKUP("verifyBackup"),
    REPLICATE_BACKUP("replicateVaultBackup"),
    CREATE_POLICY("createPolicy"),
    UPDATE_POLICY("updatePolicy"),
    DELETE_POLICY("deletePolicy"),
    ASSOCIATE_POLICY("associatePolicy"),
    DISSOCIATE_POLICY("dissociatePolicy"),
    CREATE_LOCATION("createLocation"),
    UPDATE_LOCATION("updateLocation"),
    DELETE_LOCATION("deleteLocation"),
    CREATE_DISK("createDisk"),
    UPDATE_DISK("updateDisk"),
    DELETE_DISK("deleteDisk"),
    MOUNT_DISK("mountDisk"),
    UNMOUNT_DISK("unmountDisk"),
    CANCEL_TASK("cancelTask"),
    PAUSE_TASK("pauseTask"),
    RESUME_TASK("resumeTask"),
    RETRY_TASK("retryTask"),
    DELETE_OPERATION_LOG("deleteOperationLog"),
    UPDATE_SETTING("updateSetting");

    private final String apiName;

    AuditEvent(String apiName) {
        this.apiName = apiName;
    }

    /** The raw name, such as {@code createVault}: shown on hover and exported. */
    public String apiName() {
        return apiName;
    }
}
