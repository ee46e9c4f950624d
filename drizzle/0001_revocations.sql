CREATE TABLE `revocation_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`sequence` integer NOT NULL,
	`not_before` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `users` ADD `epoch_changed_at` integer;--> statement-breakpoint
CREATE INDEX `sessions_ended` ON `sessions` (`ended_at`);