import Decoding
import EMGArchive
import EMGEpisodes
import MetaLearning

extension RunDecoders {
    /// A prior over the training people: the tasks of a patient are the sessions of one person.
    ///
    /// - Parameter tasks: The training tasks.
    /// - Returns: The decoder.
    /// - Throws: `DecodingError` for fewer than two people with all classes, and what reading throws.
    func prior(_ tasks: [RecordedTask]) throws -> DecoderBundle {
        let learning: PriorLearning
        do throws(MetaLearningError) {
            learning = try PriorLearning.learn(
                from: Self.people(tasks), form: template.form, isRing: knownRing,
                at: collection.manifest.name)
        } catch {
            throw DecodingError(
                .unsupported("no prior is learned: \(error)"), at: collection.manifest.name)
        }
        let test = Self.people(try self.tasks(in: .test)).map {
            learning.model.decisions(about: $0.sessions).accuracy
        }
        var origin = BundleOrigin()
        origin.method = Method.prior.rawValue
        let scores = [
            ModelCard.Score(
                "prior over people", people: test,
                protocolText: "adapted to each task's support in closed form"),
            ModelCard.Score(
                "the same, training people, each by the others", people: learning.rehearsed,
                protocolText: "the same, on windows that begin a quarter of a window apart"),
        ]
        let card = ModelCard(
            template, title: "prior over people's class means",
            scores: scores.filter { !$0.people.isEmpty }
                + [score(of: .lda, isFineTuned: false)].compactMap(\.self),
            isCalibrated: !learning.rehearsed.isEmpty)
        return template.bundle(of: learning.model, origin: origin, card: card.text)
    }

    /// Whether channels are a ring, as far as somebody said it: whoever makes the decoder, or the
    /// training's configuration of its plain prior. A grid is none.
    private var knownRing: Bool? {
        if let isRing { return isRing }
        if collection.manifest.grid != nil { return false }
        return record.value("baselines.prior.turns").map {
            $0 == TrainingConfiguration.Baselines.Prior.Turns.ring.rawValue
        }
    }

    /// The people of tasks, in the order of their first ones.
    private static func people(_ tasks: [RecordedTask]) -> [PriorPerson] {
        var order: [String] = []
        var sessions: [String: [PriorPerson.Session]] = [:]
        for task in tasks {
            if sessions[task.patient] == nil { order.append(task.patient) }
            sessions[task.patient, default: []].append(task.session)
        }
        return order.map { PriorPerson(sessions: sessions[$0] ?? []) }
    }
}
