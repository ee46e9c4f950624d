CREATE TABLE "audit_events" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"event" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C",
	"sid" text COLLATE "C",
	"ip" text COLLATE "C" NOT NULL,
	"user_agent" text COLLATE "C" NOT NULL,
	"detail" jsonb
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"user_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"secret" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "credentials_user_id_kind_pk" PRIMARY KEY("user_id","kind")
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"user_id" text COLLATE "C" NOT NULL,
	"id_hash" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	CONSTRAINT "devices_user_id_id_hash_pk" PRIMARY KEY("user_id","id_hash")
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "mailed_tokens" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"purpose" text COLLATE "C" NOT NULL,
	"email" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"code_hash" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"password_hash" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revocation_state" (
	"id" integer PRIMARY KEY NOT NULL,
	"sequence" integer NOT NULL,
	"not_before" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rotations" (
	"sid" text COLLATE "C" NOT NULL,
	"generation" integer NOT NULL,
	"parent" integer NOT NULL,
	"at" bigint NOT NULL,
	"repeats" integer DEFAULT 0 NOT NULL,
	"losses" integer DEFAULT 0 NOT NULL,
	"reused_at" bigint,
	CONSTRAINT "rotations_sid_generation_pk" PRIMARY KEY("sid","generation")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"salt" text COLLATE "C" NOT NULL,
	"generation" integer NOT NULL,
	"parent" integer NOT NULL,
	"confirmed" integer NOT NULL,
	"rotated_at" bigint NOT NULL,
	"epoch" integer NOT NULL,
	"remember" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"auth_time" bigint NOT NULL,
	"amr" jsonb NOT NULL,
	"idle_expires_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ended_at" bigint,
	"ended_reason" text COLLATE "C",
	"ip" text COLLATE "C" NOT NULL,
	"user_agent" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C",
	"disown_hash" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"kid" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alg" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"sealed_private_jwk" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"activated_at" bigint,
	"retired_at" bigint
);
--> statement-breakpoint
CREATE TABLE "user_epochs" (
	"user_id" text COLLATE "C" NOT NULL,
	"epoch" integer NOT NULL,
	"at" bigint NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	CONSTRAINT "user_epochs_user_id_epoch_pk" PRIMARY KEY("user_id","epoch")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"email" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"roles" jsonb NOT NULL,
	"epoch" integer DEFAULT 0 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" bigint NOT NULL,
	"disabled_at" bigint
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotations" ADD CONSTRAINT "rotations_sid_sessions_id_fk" FOREIGN KEY ("sid") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_epochs" ADD CONSTRAINT "user_epochs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_user" ON "audit_events" USING btree ("user_id","at");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "devices_seen" ON "devices" USING btree ("last_seen_at");--> statement-breakpoint
CREATE UNIQUE INDEX "mailed_tokens_address" ON "mailed_tokens" USING btree ("purpose","email");--> statement-breakpoint
CREATE UNIQUE INDEX "mailed_tokens_token" ON "mailed_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "mailed_tokens_expiry" ON "mailed_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "rotations_at" ON "rotations" USING btree ("at");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id","last_seen_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_disown" ON "sessions" USING btree ("disown_hash");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sessions_ended" ON "sessions" USING btree ("ended_at");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_active" ON "signing_keys" USING btree ("state") WHERE "signing_keys"."state" = 'active';--> statement-breakpoint
CREATE INDEX "user_epochs_at" ON "user_epochs" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");