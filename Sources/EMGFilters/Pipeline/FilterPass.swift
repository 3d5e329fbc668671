internal import EMGSignal

/// A run of neighboring filters, without a delay, for lanes.
struct FilterPass: Sendable {
    let spectral: SpectralPass?
    let recursive: RecursiveChain?

    init(_ filters: ConditioningProgram.Filters, method: ConditioningProgram.Method) {
        if method.engine == .spectral || filters.iir.isEmpty {
            spectral = SpectralPass(
                ZeroPhaseResponse(
                    filters.iir, fir: filters.fir, level: method.truncationLevel),
                edges: method.edges == .scipy ? .oddReflection : method.edges)
            recursive = nil
            return
        }
        spectral = nil
        let factors = filters.iir.flatMap(\.factors)
        let sections = SecondOrderSections(
            stable: filters.iir.flatMap(\.sections.sections))
        let padding =
            method.edges == .scipy
            ? ForwardBackward(sections).paddingLength
            : ImpulseReach(
                SecondOrderSections(stable: factors.map(\.digital)),
                decayRate: factors.map(\.decayRate).min() ?? .infinity, isZeroPhase: true
            ).samples(toLevel: method.truncationLevel)
        recursive = RecursiveChain(
            links: [
                RecursiveChain.Link(
                    operations: [], kernel: SectionKernel(sections), padding: padding)
            ], closing: [], edges: method.edges)
    }

    func run(_ lanes: inout ChannelLanes) {
        if let spectral { spectral.run(&lanes) }
        if let recursive { lanes.run(recursive) }
    }
}
