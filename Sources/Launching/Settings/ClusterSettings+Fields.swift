package import Documents

extension ClusterSettings: Described {
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            optional: "account", \.account, .slurmWord,
            "Who pays for the jobs; the cluster's default when left out."),
        Field(optional: "partition", \.partition, .slurmWord, "The partition, or several as a,b."),
        Field(optional: "qos", \.qos, .slurmWord, "The quality of service."),
        Field(
            optional: "time", \.time, .slurmTime,
            "How long a shard may take: minutes, `hours:minutes:seconds` or `days-hours`. A shard "
                + "that is longer is ended; `myotask jobs requeue` goes on with it."),
        Field(
            optional: "memory", \.memory, .slurmMemory,
            "Memory of a shard: megabytes, or a number with K, M, G or T."),
        Field(
            optional: "cpus", \.cpus, .integer(in: 1...1_024),
            "Cores of a shard, or of a rank; the command gets as many `--threads` unless it has "
                + "that option already."),
        Field(optional: "constraint", \.constraint, .slurmWord, "Which nodes may be used."),
        Field(
            optional: "shards", \.shards, .integer(in: 1...1_000_000),
            "Into how many shards work is divided; for a sweep a shard for each point when left "
                + "out. `--shards` counts more."),
        Field(
            optional: "max_running", \.maxRunning, .integer(in: 1...1_000_000),
            "How many shards may run at once. `--max-running` counts more."),
        Field(
            optional: "collect_time", \.collectTime, .slurmTime,
            "How long the collecting job may take; as `time` when left out."),
        Field(
            optional: "collect_memory", \.collectMemory, .slurmMemory,
            "Memory of the collecting job; as `memory` when left out."),
        Field(
            "ranks", \.ranks, .integer(in: 1...1_000_000),
            "As how many ranks of MPI a training without `--sweep` is started."),
        Field(
            "rank_starter", \.rankStarter, .choice,
            "What starts ranks: `srun`, or `mpirun` of the MPI library."),
        Field(
            "mpi", \.mpi, .slurmWord,
            "How ranks that `srun` starts find each other; `srun --mpi=list` lists what there is."),
        Field(
            "options", \.options, .list(of: .sbatchOption, count: 0...64),
            "More options of `sbatch`, as `--mail-type=END`."),
        Field(
            "prologue", \.prologue, .oneOrMore(of: .text),
            "Lines of the shell before the command, as `module load gcc`."),
        Field(
            optional: "program", \.program, .text,
            "The path of `myotask` on the nodes; that of the running one when left out."),
    ]

    /// Refuses a program whose path is relative, as jobs begin elsewhere.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        if let program, !program.hasPrefix("/") {
            throw (object.optional("program") ?? object.cursor).error(
                expected: "a path from the root, as /home/me/bin/myotask")
        }
    }

    /// The schema of documents, `schemas/cluster.schema.json`.
    ///
    /// - Returns: The schema.
    package static func schemaDocument() -> SchemaDocument {
        SchemaDocument(
            name: "cluster.schema.json", title: "Cluster",
            documentation: "What jobs ask of a cluster, and what is done before the command in "
                + "each: the file of --cluster.",
            schema: .object(schema(with: Kinds())))
    }
}

extension FieldFormat<String> {
    /// A word of a directive: Slurm takes it as it is.
    fileprivate static var slurmWord: FieldFormat {
        .fitting(
            "a word without blanks, quotes, # and backslashes",
            pattern: #"^[^\u0000-\u0020\u007f"'#\\]+$"#)
    }

    /// A span of time as `sbatch --time` reads it.
    fileprivate static var slurmTime: FieldFormat {
        .fitting(
            "minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes or "
                + "days-hours:minutes:seconds",
            pattern: "^([0-9]+(:[0-9]+){0,2}|[0-9]+-[0-9]+(:[0-9]+){0,2})$")
    }

    /// An amount of memory as `sbatch --mem` reads it.
    fileprivate static var slurmMemory: FieldFormat {
        .fitting(
            "megabytes, or a number with K, M, G or T", pattern: "^[0-9]+[KMGTkmgt]?$")
    }

    /// An option of `sbatch` that is none of ours.
    fileprivate static var sbatchOption: FieldFormat {
        let format = FieldFormat.fitting(
            "an option of sbatch on one line, as --mail-type=END",
            pattern: #"^--[a-z][^\u0000-\u001f\u007f]*$"#)
        return format.mapped(
            { text, cursor throws(DocumentError) in
                let name = text.prefix { $0 != "=" && $0 != " " }
                guard !reservedOptions.contains(String(name)) else {
                    throw cursor.error(
                        expected: "an option that the launcher does not set itself",
                        hint: "leave it out: \(name) is set for every job")
                }
                return text
            }, back: { $0 })
    }

    private static var reservedOptions: Set<String> {
        [
            "--array", "--chdir", "--dependency", "--job-name", "--kill-on-invalid-dep", "--ntasks",
            "--open-mode", "--output", "--error", "--parsable", "--requeue", "--test-only",
            "--wait", "--wrap",
        ]
    }

    /// A text, or a whole number as it is written, that fits a pattern.
    private static func fitting(_ words: String, pattern: String) -> FieldFormat {
        FieldFormat(
            .either([
                .form(TextForm("text", pattern: pattern)), .integer(minimum: 0, maximum: nil),
            ]),
            read: { cursor throws(DocumentError) in
                let text = try cursor.name()
                guard let regex = try? Regex(pattern), text.wholeMatch(of: regex) != nil else {
                    throw cursor.error(expected: words)
                }
                return text
            },
            write: { .string($0) })
    }
}
