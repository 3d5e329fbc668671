public import Documents

extension TrainingConfiguration {
    private static let learners = KindProperty<Self, any MetaLearner>(
        \.learner, others: \.otherLearnerSettings, of: .standard, described: { $0 })

    /// The members of a document, the preset first: all others change it.
    public static let fields: Fields<Self> = [
        preset,
        Field(kind: "algorithm", learners, "How the meta-gradient is taken."),
        Field("algorithm_settings", settingsOf: learners, "What the algorithms need besides."),
        Field(
            "initial", \.initial, .choice,
            "What meta-training starts from: random parameters or those of the pre-trained "
                + "baseline."),
        Field(object: "sampling", \.sampling, "How training tasks are drawn."),
        Field(
            "model", \.model, .model,
            "The model by name and size. Members that the named model does not have are refused."),
        Field(object: "inner", \.inner, "How the model adapts to a task's support."),
        Field(object: "outer", \.outer, "How the meta-parameters are moved."),
        Field(
            "meta_epochs", \.metaEpochs, .integer(in: 1...1_000_000),
            "Passes over all training tasks."),
        Field(
            "tasks_per_step", \.tasksPerStep, .integer(in: 1...10_000),
            "Tasks whose meta-gradients are summed for one meta-step; the last step of an epoch "
                + "may have fewer."),
        Field(
            optional: "query_batch_size", \.queryBatchSize, .integer(in: 1...1_000_000),
            "Query windows whose losses are averaged before minibatches are summed; the inner "
                + "batch size when left out."),
        Field(
            "selection", \.selection, .choice,
            "Which epoch's parameters are the result: that of the lowest mean loss on the "
                + "validation tasks after adaptation (a warm start is among them, as epoch 0), or "
                + "the last one. Without validation tasks it is the last one; test tasks are never "
                + "looked at."),
        Field(
            object: "baselines", \.baselines,
            "What the meta-trained model is compared with on the test tasks; each is fine-tuned "
                + "in the same way."),
        fineTuningSteps,
        Field(
            object: "studies", \.studies,
            "What is studied on the test tasks besides the configured fine-tuning."),
        Field(
            "dropout_when_scoring", \.scoresWithDropout, .boolean,
            "Whether dropout stays on when tasks are scored."),
        // Left out when it is, so that runs from before keep their identity.
        Field<Self>(
            "transductive", \.isTransductive, .boolean,
            "Whether query windows that are scored are standardized together, in models with batch "
                + "normalization; else each one with the support alone, as in use, where no other "
                + "windows are known."
        ).written { !$0.isTransductive },
        Field(
            object: "checkpoints", \.checkpoints,
            "Which parameters are kept besides the best and the last."),
        Field(
            "seed", \.seed, .seed,
            "What random numbers are drawn from; the same seed gives the same bytes for any number "
                + "of threads."),
        Field(
            "seeds", \.seeds, .set(of: .seed, noun: "seed"),
            "Seeds of runs that belong together, one run each; the one of seed when left out."),
        Field(
            optional: "threads", \.threads, .integer(in: 1...1_024),
            "Threads at most; the machine's cores when left out."),
        Field(
            "trajectory_budget_mib", \.trajectoryBudgetMiB, .integer(in: 1...1_048_576),
            "What the inner trajectories of all tasks worked on together may take, in MiB; "
                + "what does not fit is computed again."),
        Field(
            optional: "task_memory_mib", \.taskMemoryMiB, .integer(in: 0...1_048_576),
            "What tasks that are kept in memory between uses may take, in MiB; "
                + "those used least recently are read again. 512 when left out, or a quarter of "
                + "the machine's memory when that is less. The result does not depend on it."),
        Field(
            "augmentation", \.augmentation, .boolean,
            "Whether training windows are varied as the collection's manifest says; validation and "
                + "test windows never are."),
        Field(
            optional: "few_shot", \.fewShot, .object(),
            "N-way K-shot episodes of the tasks in place of the tasks themselves; not drawn when left "
                + "out.", absence: .leftOut),
        // Left out when nothing is varied, so that runs from before keep their identity.
        Field<Self>(
            object: "variation", \.variation,
            "How tasks are varied as a whole: a draw a task, shared by its support and query, so "
                + "that what matters must be read off the support."
        ).written { !$0.variation.isEmpty },
    ]

    /// It is read before all others and never written: they say what it stands for.
    private static let preset = Field<Self>(
        "preset", schema: FieldFormat<Preset>.choice.schema,
        "Ready settings that all others start from: standard; warm_start (exact MAML from the "
            + "pre-trained parameters, compared at equal numbers of gradients and after 1, 5 and "
            + "20 fine-tuning steps); reference_program (the loop of MetaEMG, plarotta/meta-emg, "
            + "arXiv 2403.13147, with its settings). standard when left out.",
        read: { cursor, configuration throws(DocumentError) in
            configuration = TrainingConfiguration(
                preset: try FieldFormat<Preset>.choice.read(cursor))
        },
        write: { _ in nil })

    /// An older name, which is read and never written.
    private static let fineTuningSteps = Field<Self>(
        "fine_tuning_steps", schema: FieldFormat<[Int]>.steps.schema,
        "The older name of studies.convergence.",
        read: { cursor, configuration throws(DocumentError) in
            configuration.studies.convergence = try FieldFormat<[Int]>.steps.read(cursor)
        },
        write: { _ in nil })
}
