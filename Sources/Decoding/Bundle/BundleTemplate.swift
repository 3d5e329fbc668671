package import Documents
package import EMGArchive
private import EMGEpisodes
package import EMGFilters
package import EMGSignal
package import MetaLearning

/// What all decoders of a task collection have in common: the way from a device's samples to the
/// windows that its models were trained on.
package struct BundleTemplate: Sendable {
    /// How the causal form of a conditioning is come by.
    package enum Conditioning: Sendable {
        /// The one that the recordings' history tells, which must be causal.
        case recorded
        /// The causal form of the one that the recordings' history tells: decisions are then not
        /// those that were measured.
        case causalForm
        /// One that is stated, which must be what the recordings passed.
        case stated(ConditioningPipeline)
    }

    /// The collection.
    package let manifest: CollectionManifest
    /// The collection's input.
    package let input: InputDescription
    /// The rate at which samples really change, the lowest of all tasks.
    package let effectiveRate: SamplingRate
    /// How samples are conditioned as they come.
    package let pipeline: ConditioningPipeline
    /// What is known of a person's scaling before their first sample.
    package let normalization: BundleScaling

    /// Finds the way from samples to windows.
    ///
    /// - Parameters:
    ///   - manifest: The collection's manifest.
    ///   - conditioning: How the causal form of its conditioning is come by.
    ///   - kinds: The stages that packages outside have added.
    /// - Throws: ``DecodingError`` for a collection whose windows no device can give: of a
    ///   regression, conditioned otherwise than by filters, at another rate, or looking ahead.
    package init(
        _ manifest: CollectionManifest, conditioning: Conditioning = .recorded,
        kinds: Kinds = Kinds()
    ) throws(DecodingError) {
        self.manifest = manifest
        input = InputDescription(manifest)
        guard input.targets == nil, !input.classes.isEmpty else {
            throw DecodingError(
                .unsupported("a decoder tells classes, and this collection has none"),
                at: manifest.name, hint: "build a collection of labeled recordings")
        }
        let rates = manifest.tasks.map(\.effectiveRate)
        effectiveRate = rates.min { $0.hertz < $1.hertz } ?? manifest.samplingRate
        pipeline = try Self.pipeline(
            of: input, conditioning, effectiveRate: effectiveRate, kinds: kinds,
            at: manifest.name)
        let training = Set(manifest.splits.train)
        let known = manifest.tasks.filter { training.contains($0.id) }
        let scalings = (known.isEmpty ? manifest.tasks : known).map {
            ChannelScaling(offset: $0.normalization.offset, scale: $0.normalization.scale)
        }
        normalization = BundleScaling(
            BundleScaling.mean(of: scalings),
            fit: manifest.normalization.method == "none" ? .nobody : .trainingPeople)
    }

    private static func pipeline(
        of input: InputDescription, _ conditioning: Conditioning, effectiveRate: SamplingRate,
        kinds: Kinds, at place: String
    ) throws(DecodingError) -> ConditioningPipeline {
        if let step = input.conditioning.first(where: { !$0.operation.hasPrefix("filter.") }) {
            throw DecodingError(
                .notCausal(stage: step.operation), at: place,
                hint: "build from recordings that were filtered and nothing else")
        }
        var pipeline: ConditioningPipeline
        do {
            switch conditioning {
            case .stated(let stated): pipeline = stated
            case .recorded, .causalForm:
                pipeline = try .recorded(in: input.conditioning, kinds: kinds)
            }
            if case .causalForm = conditioning {
                pipeline.phase = .causal
            } else if pipeline.phase != .causal, !pipeline.stages.isEmpty {
                throw DecodingError(
                    .notCausal(stage: "conditioning in \(pipeline.phase.rawValue) phase"),
                    at: place,
                    hint: "filter the recordings with phase: causal, build and train on those; "
                        + "--causal-form takes the causal filters of the same design, whose "
                        + "decisions are not those that were measured")
            }
            guard !pipeline.stages.isEmpty else { return pipeline }
            let chain = try pipeline.resolve(
                samplingRate: input.samplingRate, effectiveRate: effectiveRate)
            _ = try chain.makeStream(channelCount: input.channels.count)
            if case .stated = conditioning {
                try check(chain, against: input.conditioning, at: place)
            }
        } catch let error as DecodingError {
            throw error
        } catch {
            throw DecodingError(
                .unsupported("its conditioning cannot run on a device"), at: place,
                hint: "\(error)")
        }
        return pipeline
    }

    /// Refuses a stated pipeline that is not what the recordings passed.
    private static func check(
        _ chain: ConditioningChain, against recorded: [ProcessingStep], at place: String
    ) throws(DecodingError) {
        let stated = chain.history.map(\.withoutFindings)
        let differing = zip(stated, recorded).first { one, other in
            one.operation != other.operation
                || other.parameters.contains { one.parameters[$0.key] != $0.value }
        }
        guard stated.count == recorded.count, differing == nil else {
            throw DecodingError(
                .otherInput(
                    property: "conditioning",
                    expected: recorded.map(\.operation).joined(separator: ", "),
                    found: differing.map { "another \($0.0.operation)" }
                        ?? "\(stated.count) stages"), at: place,
                hint: "give the pipeline that the recordings were filtered with")
        }
    }

    /// The windows that are decided about.
    package var form: WindowForm {
        WindowForm(input)
    }

    /// A decoder by a model that was fitted to the collection's training people.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - origin: How it came to be.
    ///   - card: What it is, for people, in Markdown.
    /// - Returns: The decoder.
    package func bundle(
        of model: any DecoderModel, origin: BundleOrigin, card: String
    ) -> DecoderBundle {
        DecoderBundle(
            input: input, effectiveRate: effectiveRate, pipeline: pipeline,
            normalization: normalization, model: model, origin: origin, card: card)
    }

    /// A decoder by a trained model.
    ///
    /// - Parameters:
    ///   - checkpoint: The model.
    ///   - name: Its file's name, for messages.
    ///   - origin: How it came to be.
    ///   - card: What it is, for people, in Markdown.
    ///   - people: The training tasks' samples for the model, which a closed-form head is fitted to;
    ///     others need none.
    /// - Returns: The decoder.
    /// - Throws: ``DecodingError`` for a model of another input than the collection's.
    package func bundle(
        of checkpoint: ModelCheckpoint, at name: String, origin: BundleOrigin, card: String,
        people: [TaskSamples<Float>] = []
    ) throws(DecodingError) -> DecoderBundle {
        let own: InputDescription?
        do throws(MetaLearningError) {
            own = try checkpoint.input(at: name)
        } catch {
            throw DecodingError(error, at: name)
        }
        let input = own ?? input
        if let difference = input.differences(from: self.input).first(where: \.isFatal) {
            throw DecodingError(
                .otherInput(
                    property: difference.subject.rawValue, expected: difference.model,
                    found: difference.collection), at: name, hint: difference.hint)
        }
        guard checkpoint.classNames == input.classes else {
            throw DecodingError(
                .otherInput(
                    property: "classes",
                    expected: input.classes.joined(separator: ", "),
                    found: checkpoint.classNames.joined(separator: ", ")), at: name,
                hint: "a decoder needs a model of the collection's own classes")
        }
        return DecoderBundle(
            input: input, effectiveRate: effectiveRate, pipeline: pipeline,
            normalization: normalization, model: try model(of: checkpoint, people), origin: origin,
            card: card)
    }

    private func model(
        of checkpoint: ModelCheckpoint, _ people: [TaskSamples<Float>]
    ) throws(DecodingError) -> any DecoderModel {
        guard !checkpoint.network.readsBatchStatistics else {
            throw DecodingError(
                .unsupported(
                    "a model with batch normalization decides about batches of windows, and a decoder "
                        + "has one window at a time"), at: "model \(checkpoint.model.name)",
                hint: "train without batch_norm, or evaluate the model with myotask evaluate")
        }
        if let learner = checkpoint.learner as? any HeadLearner,
            let network = checkpoint.network as? HeadedNetwork
        {
            return try HeadedNetworkModel(
                checkpoint.model, learner: learner, network: network,
                values: checkpoint.parameters.values, people: people,
                form: WindowForm(
                    channelCount: checkpoint.channelCount, windowLength: checkpoint.windowLength,
                    classCount: checkpoint.classNames.count))
        }
        return NetworkModel(
            checkpoint.model, network: checkpoint.network, parameters: checkpoint.parameters,
            channelCount: checkpoint.channelCount, windowLength: checkpoint.windowLength)
    }
}
