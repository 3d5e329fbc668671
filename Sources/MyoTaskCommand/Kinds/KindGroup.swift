import Documents
import EMGFeatures
import EMGFilters
import EMGIngest
import EMGTasks
import FewShotBenchmark
import MetaLearning
import TaskDraws

/// The kinds of one thing, as they are listed.
struct KindGroup {
    /// A kind.
    struct Kind {
        let name: String
        let documentation: String
        let members: [ObjectSchema.Property]
    }

    /// What they are, as the command line has it: `split-rules`.
    let name: String
    /// Where documents name them.
    let place: String
    let kinds: [Kind]

    private init<Value>(
        _ name: String, _ place: String, _ standard: Registry<Value>, _ added: Kinds
    ) {
        self.name = name
        self.place = place
        kinds = added.all(standard).entries.map { entry in
            Kind(
                name: entry.name, documentation: entry.documentation,
                members: entry.schema(added).properties)
        }
    }

    private init(readers: [Kind]) {
        name = "readers"
        place = "--format, convert.format"
        kinds = readers
    }

    /// Every kind that a program knows.
    static func all(_ context: CommandContext) -> [KindGroup] {
        let kinds = context.kinds
        return [
            KindGroup(
                readers: context.readers.readers.map {
                    Kind(name: $0.formatName, documentation: $0.summary, members: [])
                }),
            KindGroup(
                "stages", "stages of a pipeline", ConditioningPipeline.stageKinds, kinds),
            KindGroup("features", "window --features", Registry<any Feature>.standard, kinds),
            KindGroup("split-rules", "split.rule", Registry<any SplitRule>.standard, kinds),
            KindGroup("label-rules", "window.label_rule", Registry<any LabelRule>.standard, kinds),
            KindGroup(
                "normalizations", "normalization", Registry<any NormalizationRule>.standard, kinds),
            KindGroup("designs", "design.rule", Registry<any DesignRule>.standard, kinds),
            KindGroup(
                "augmentations", "augmentation[].kind", Registry<any Augmentation>.standard, kinds),
            KindGroup(
                "task-variations", "variation[].kind, variation.train[].kind",
                Registry<any TaskVariation>.standard, kinds),
            KindGroup("models", "model.name", Registry<any ModelDefinition>.standard, kinds),
            KindGroup("learners", "algorithm", Registry<any MetaLearner>.standard, kinds),
            KindGroup(
                "fine-tuning", "baselines.pretrained.fine_tuning.name",
                Registry<any FineTuning>.standard, kinds),
            KindGroup(
                "inner-optimizers", "inner.optimizer", Registry<any InnerRule>.standard, kinds),
            KindGroup(
                "outer-optimizers", "outer.optimizer", Registry<any OuterRule>.standard, kinds),
            KindGroup(
                "schedules", "outer.schedule.kind", Registry<any LearningRateSchedule>.standard,
                kinds),
            KindGroup(
                "samplers", "sampling.regime", Registry<any SamplingRegime>.standard, kinds),
            KindGroup(
                "methods", "benchmark.methods", Registry<any AdaptationMethod>.standard, kinds),
        ]
    }
}
