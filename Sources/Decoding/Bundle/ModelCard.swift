internal import EMGArchive
private import EMGFilters
private import EMGSignal
private import PrintableText
private import Statistics

/// What a decoder is, for people: data, people, protocol, accuracy, limits.
package struct ModelCard: Sendable {
    /// How well something decided about the test people.
    package struct Score: Sendable, Hashable {
        /// What was scored, as tables call it.
        package let title: String
        /// Each person's mean accuracy, from 0 to 1.
        package let people: [Double]
        /// What was done before, such as `after fine-tuning on the support`.
        package let protocolText: String

        /// Describes a score.
        ///
        /// - Parameters:
        ///   - title: What was scored.
        ///   - people: Each person's mean accuracy, from 0 to 1.
        ///   - protocolText: What was done before.
        package init(_ title: String, people: [Double], protocolText: String) {
            self.title = title
            self.people = people
            self.protocolText = protocolText
        }
    }

    private let template: BundleTemplate
    private let title: String
    private let scores: [Score]
    private let isCalibrated: Bool

    /// Describes a decoder.
    ///
    /// - Parameters:
    ///   - template: The way from samples to windows.
    ///   - title: How its model came to be: `meta-trained dnn`.
    ///   - scores: How well it and its rivals decided about the test people.
    ///   - isCalibrated: Whether training people tell how sure it may be.
    package init(
        _ template: BundleTemplate, title: String, scores: [Score], isCalibrated: Bool = false
    ) {
        self.template = template
        self.title = title
        self.scores = scores
        self.isCalibrated = isCalibrated
    }

    /// The card in Markdown.
    package var text: String {
        ([heading] + [input, data, accuracy, limits]).joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        "# Decoder: \(title), collection \(template.manifest.name.printable())"
    }

    private var input: String {
        let input = template.input
        let rate = input.samplingRate
        let stages = template.pipeline.stages.map(\.key).joined(separator: ", ")
        let names = input.channels.map(\.name).joined(separator: ", ")
        let units = Set(input.channels.map(\.unit)).sorted().joined(separator: ", ")
        return """
            ## What it is made for

            - channels: \(input.channels.count) (\(names.printable(limit: 2_000))), in \
            \(units.isEmpty ? "no known unit" : units.printable())
            - rate: \(rate.hertz) Hz
            - conditioning: \(stages.isEmpty ? "none, samples are decoded as they are" : stages)
            - windows: \(input.window.length) samples (\(rate.seconds(ofSamples: input.window.length)) s), \
            one every \(input.window.stride) (\(rate.seconds(ofSamples: input.window.stride)) s)
            - normalization: \(input.normalization.method.name)
            - classes: \(input.classes.joined(separator: ", ").printable(limit: 2_000))
            """
    }

    private var data: String {
        let manifest = template.manifest
        func people(_ ids: [String]) -> Int {
            let ids = Set(ids)
            return Set(manifest.tasks.filter { ids.contains($0.id) }.map(\.identity.patient)).count
        }
        let splits = manifest.splits
        return """
            ## Data and people

            - trained on \(splits.train.count, of: "task") of \
            \(people(splits.train), of: "person", plural: "people")
            - selected by \(splits.validation.count, of: "task") of \
            \(people(splits.validation), of: "person", plural: "people")
            - tested on \(splits.test.count, of: "task") of \
            \(people(splits.test), of: "person", plural: "people")
            - support and query: \(manifest.split.rule), a guard of \
            \(manifest.split.guardSamples, of: "sample") between
            - tensors: SHA-256 \(manifest.tensors.sha256)
            """
    }

    private var accuracy: String {
        guard !scores.isEmpty else {
            return "## Accuracy\n\nNot measured: the collection has no test people."
        }
        var lines = [
            "## Accuracy on test people", "",
            "| method | accuracy | 95 % interval over people | worst person | |",
            "| --- | --- | --- | --- | --- |",
        ]
        for score in scores where !score.people.isEmpty {
            let mean = score.people.reduce(0, +) / Double(score.people.count)
            let interval = PeopleInterval(meanOf: score.people, scale: .share)
            let bounds = interval.map {
                "\(CompactNumber.share($0.low)) to \(CompactNumber.share($0.high))"
            }
            lines.append(
                "| \(score.title) | \(CompactNumber.share(mean)) | \(bounds ?? "too few people") "
                    + "| \(CompactNumber.share(score.people.min() ?? 0)) | \(score.protocolText) |")
        }
        return lines.joined(separator: "\n")
    }

    private var limits: String {
        """
        ## Limits

        Made for the channels, places of electrodes, rate and classes above; another stream is \
        refused. Accuracy is of people recorded like those of the collection; of a movement that is \
        none of the classes it says nothing. Probabilities \(calibration). No medical device: \
        whoever controls something by it answers for its safety.
        """
    }

    private var calibration: String {
        isCalibrated
            ? "were calibrated on training people after they had adapted"
            : "are the model's own and were not calibrated"
    }
}
