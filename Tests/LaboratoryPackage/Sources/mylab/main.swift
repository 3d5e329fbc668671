import MyoTask

var kinds = Kinds()
kinds.add(stage: MuLaw.self)
kinds.add(feature: MyopulseRate.self)
kinds.add(splitRule: LastSeconds.self)
kinds.add(labelRule: Quorum.self)
kinds.add(normalization: MedianNormalization.self)
kinds.add(augmentation: ChannelDropout.self)
kinds.add(taskVariation: LooseElectrode.self)
kinds.add(model: Bottleneck.self)
kinds.add(learner: AnnealedMAML.self)
kinds.add(innerOptimizer: DecayingDescent.self)
kinds.add(outerOptimizer: SignDescent.self)

MyoTaskProgram(name: "mylab", kinds: kinds, readers: .standard.adding(LabLogReader())).main()
