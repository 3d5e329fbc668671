package import Decoding
private import EMGArchive
private import EMGEpisodes
package import MetaLearning

extension RunDecoders {
    /// The decoder by a discriminant of all training people's windows.
    ///
    /// - Parameters:
    ///   - discriminant: How it is fitted, what it sees, and how it is adapted; the scale of
    ///     amplitudes is found.
    ///   - method: What it is called.
    /// - Returns: The decoder.
    /// - Throws: `MetaLearningError` for a collection that the discriminant does not fit, or what the
    ///   collection throws.
    package func bundle(
        of discriminant: DiscriminantKind, method: Method
    ) throws -> DecoderBundle {
        let tasks = try trainingTasks()
        var bundle = try self.discriminant(discriminant, of: tasks, method: method)
        bundle.reference = reference(tasks)
        return bundle
    }

    /// A discriminant of all training people's windows, which a support takes the place of.
    func discriminant(
        _ discriminant: DiscriminantKind, of tasks: [RecordedTask], method: Method = .lda
    ) throws -> DecoderBundle {
        let form = template.form
        try discriminant.check(form, at: collection.manifest.name)
        var discriminant = discriminant
        let rows: [[Double]]
        switch discriminant.features {
        case .logAmplitude:
            let amplitude = LogAmplitude.fit(
                tasks.map(\.amplitudes), channels: form.channelCount)
            (discriminant.scale, discriminant.floor) = (amplitude.scale, amplitude.floor)
            rows = tasks.map { amplitude($0.amplitudes) }
        case .timeDomain:
            rows = try rawRows(discriminant.windowFeatures)
        }
        let model = DiscriminantModel(
            discriminant, fitting: zip(rows, tasks).map { ($0, $1.labels) }, form: form)
        var origin = BundleOrigin()
        origin.method = method.rawValue
        let card = ModelCard(template, title: discriminant.title, scores: [])
        return template.bundle(of: model, origin: origin, card: card.text)
    }

    /// The features of each training task's windows as they were before normalization.
    private func rawRows(_ features: WindowFeatures) throws -> [[Double]] {
        let tasks = try CollectionEpisodes(collection)
        let amplitudes = WindowAmplitudes(collection.manifest)
        return try tasks.ids(in: .train).map { id in
            let task = try tasks.episode(id)
            return try [task.support, task.query].flatMap {
                features.rows(of: try amplitudes.raw($0, in: id))
            }
        }
    }
}
