SELECT hold.body FROM hold_di JOIN hold ON hold.id = hold_di.hold WHERE hold_di.di = ?1 ORDER BY hold.id
